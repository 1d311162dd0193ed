const NAME = 'standstill.html';

/** The source of the page as one file, from the page's own folder. Rejects with an Error whose message is for people. */
export async function fetchOneFile(fetchFrom: typeof fetch = fetch): Promise<string> {
  let response: Response;
  try {
    response = await fetchFrom(NAME);
  } catch {
    throw new Error(`${NAME}, of which reports are made, could not be fetched. Is the page’s server still there?`);
  }
  if (!response.ok) {
    throw new Error(
      `${NAME}, of which reports are made, could not be fetched: the server answered ${response.status}.`,
    );
  }
  return response.text();
}
