export default async function tearDown() {
  await globalThis.soVangTests?.stop();
}
