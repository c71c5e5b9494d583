// Saves one after the other, the newest last; what could not be saved is tried again and said.
const PAUSE = 250;
const AGAIN = 3000;

export async function load(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${(await answer.text()).slice(0, 200)}`);
  return answer.json();
}

export class Saver {
  constructor(say) {
    this.say = say;
    this.waiting = null;
    this.timer = null;
    this.under = Promise.resolve();
  }

  later(place, body) {
    this.waiting = { place, body };
    this.say("saving…");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now().catch(() => {}), PAUSE);
  }

  // Everything that waits is saved; `place` and `body` after it, and its answer returned.
  now(place = null, body = null) {
    clearTimeout(this.timer);
    const due = place === null ? this.waiting : { place, body };
    if (place !== null && this.waiting && this.waiting.place !== place) this.under = this.under.then(((each) => () => this.put(each))(this.waiting));
    this.waiting = null;
    if (!due) return this.under;
    this.under = this.under.catch(() => {}).then(() => this.put(due));
    return this.under;
  }

  async put(due) {
    try {
      const answer = await fetch(`/cases/${due.place}`, { method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify(due.body), keepalive: true });
      if (!answer.ok) throw new Error(`${answer.status}: ${(await answer.text()).slice(0, 200)}`);
      this.say(`saved ${new Date().toLocaleTimeString()}`);
      return answer.json();
    } catch (error) {
      this.say(`not saved (${error.message}); trying again`, true);
      if (!this.waiting) {
        this.waiting = due;
        this.timer = setTimeout(() => this.now().catch(() => {}), AGAIN);
      }
      throw error;
    }
  }
}
