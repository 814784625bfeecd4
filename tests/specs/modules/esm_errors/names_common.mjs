import { hidden as shown } from './common.cjs';
