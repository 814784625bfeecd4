'use strict';
// A File is a blob with a name and a time.
const file = new File(['content'], 'näme.txt', { type: 'text/plain', lastModified: 1234.9 });
console.log(file, file instanceof Blob, Object.prototype.toString.call(file));
console.log(new File([], 'x', { lastModified: 'no' }).lastModified, Math.abs(new File([], 'x').lastModified - Date.now()) < 10000);
file.slice(0, 4).text().then((text) => console.log(text, file.slice() instanceof File));
for (const attempt of [() => new File([]), () => File.prototype.name, () => new File([], 'x', { lastModified: 1n })]) {
  try {
    attempt();
  } catch (error) {
    console.log(error.name, error.code);
  }
}
