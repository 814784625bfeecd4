import {
  zork
} from 'fs';
