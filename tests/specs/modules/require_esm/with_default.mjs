export default 'default';
export const b = 2;
