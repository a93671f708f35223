import Database from "libsql";

// Holds a database for writing until its input ends.
const database = new Database(process.argv[2]);
database.exec("BEGIN IMMEDIATE");
process.stdout.write("held\n");
process.stdin.resume();
process.stdin.on("end", () => {
  database.exec("ROLLBACK");
  process.exit(0);
});
