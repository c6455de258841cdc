// Standard output belongs to the protocol: what a library wants to say goes to standard error.
// To be imported before everything else, since libraries speak while they load.
export const write = process.stdout.write.bind(process.stdout);

process.stdout.write = (chunk, encoding, done) => process.stderr.write(chunk, encoding, done);
for (const level of ["log", "info", "debug", "warn"]) console[level] = (...words) => console.error(...words);
