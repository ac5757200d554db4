/** What a child of BullMQ's sandbox runs. */
export default async function evaluate({ data: { x, y } }) {
  return { loss: x * x + y * y };
}
