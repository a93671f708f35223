import Database from "libsql";

// Holds a database for writing until its input ends.
const database = new Database(process.argv[2]);
// The bot may be writing just now.
database.exec("PRAGMA busy_timeout = 20000");
database.exec("BEGIN IMMEDIATE");
process.stdout.write("held\n");
process.stdin.resume();
process.stdin.on("end", () => {
  database.exec("ROLLBACK");
  process.exit(0);
});
