/** The sheet of keys. */
import { Dialog } from "@/components/ui/dialog";

const KEYS: [keys: string[], meaning: string][] = [
  [["J"], "Next draft"],
  [["K"], "Previous draft"],
  [["E"], "Edit"],
  [["A"], "Approve and send"],
  [["Z"], "Recall the last approval"],
  [["Ctrl", "Enter"], "Save and preview, while editing"],
  [["Esc"], "Leave the field, close the panel"],
  [["G", "I"], "Go to the inbox"],
  [["G", "A"], "Go to accounts"],
  [["G", "T"], "Go to attention"],
  [["?"], "This list"],
];

export function Shortcuts({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="Keyboard shortcuts">
      <dl>
        {KEYS.map(([keys, meaning]) => (
          <div
            key={meaning}
            className="flex flex-row-reverse items-center justify-between border-t border-line py-2"
          >
            <dt className="flex gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-6 rounded-chip border border-line-strong px-1.5 text-center font-sans text-small font-medium"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-small text-muted">
        Single keys act outside text fields. Your menu can switch them off.
      </p>
    </Dialog>
  );
}
