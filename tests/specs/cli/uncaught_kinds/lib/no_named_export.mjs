import { zork } from './nothing.cjs';
