// Starts the emulator on a port of the loopback:  node start.js PORT
// NODE_PATH says where it is installed. It ends with whoever holds its input.
const TelegramServer = require("telegram-test-api");

const KEPT_FOR_SECONDS = 3600;

const port = Number(process.argv[2]);
const server = new TelegramServer({ host: "127.0.0.1", port, storeTimeout: KEPT_FOR_SECONDS });

server.start().then(() => console.log("ready"));
process.stdin.on("end", () => process.exit(0)).resume();
