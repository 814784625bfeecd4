'use strict';
// path.win32 works anywhere: drives, shares, devices, reserved names.
const { win32 } = require('path');

const show = (value) => console.log(JSON.stringify(value));
show(win32.join('C:\\a', '..', 'b/c'));
show(win32.join('//server/share', 'x'));
show(win32.resolve('C:/a', 'D:b', 'c:d'));
show(win32.relative('C:\\orandea\\test\\aaa', 'c:\\Orandea\\impl\\bbb'));
show(win32.parse('\\\\server\\share\\dir\\file.ext'));
show(win32.toNamespacedPath('C:/a'));
// What looks relative stays relative, whatever normalizing brings together.
show(win32.normalize('test/../C:/Windows'));
show(win32.normalize('CON:../../x'));
show(win32.join('a', 'COM1:..', 'b'));
