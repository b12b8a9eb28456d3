/** How the generated client is set up: same origin, failures thrown as Problem, the server's clock learned. */
import { client } from "@/client/client.gen";
import { learnServerTime } from "./clock";
import { Problem } from "./problem";

export function setUpClient(): void {
  client.setConfig({ baseUrl: "", credentials: "same-origin" });
  client.interceptors.response.use((response) => {
    learnServerTime(response.headers.get("date"));
    return response;
  });
  client.interceptors.error.use((error, response) => new Problem(response?.status ?? 0, error));
}
