// "type": "module" makes ES modules of .js files.
import { basename } from 'path';
import other from './other.cjs';
import './sub/common.js';

console.log(basename(import.meta.filename), other);
