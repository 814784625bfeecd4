import { b } from './file.mjs';
