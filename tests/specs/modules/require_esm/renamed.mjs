const whole = 'whole';
export { whole as 'module.exports' };
