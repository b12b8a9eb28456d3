/** Who is logged in, and what is theirs to set: theme, keys, the way out. */
import { type ReactNode, useId, useState } from "react";
import {
  DarkIcon,
  ExternalIcon,
  type Icon,
  KeyboardIcon,
  LightIcon,
  LogOutIcon,
  SystemIcon,
} from "@/components/ui/icons";
import { useLogOut } from "@/features/session/api/log-out";
import { useMe } from "@/features/session/api/read-session";
import { setSingleKeys, singleKeysOn } from "@/lib/hotkeys";
import { applyTheme, readTheme, type Theme } from "@/lib/theme";

const THEMES: { value: Theme; name: string; icon: Icon }[] = [
  { value: "system", name: "System", icon: SystemIcon },
  { value: "light", name: "Light", icon: LightIcon },
  { value: "dark", name: "Dark", icon: DarkIcon },
];

const ITEM = "flex h-9 w-full items-center gap-2.5 rounded-control px-2.5 hover:bg-sunken coarse:h-11";

export function MemberMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const id = useId();
  const { member, temporal_ui_url } = useMe();
  const logOut = useLogOut();
  return (
    <div className="md:px-2.5">
      <button
        type="button"
        popoverTarget={id}
        className="flex h-full w-full items-center gap-2.5 rounded-control px-2.5 text-start hover:bg-sunken max-lg:flex-col max-lg:justify-center max-lg:gap-0.5 max-lg:text-caption lg:py-1.5"
      >
        <Initials name={member.name} />
        <span className="min-w-0 truncate max-lg:hidden">{member.name}</span>
        <span className="text-muted lg:hidden">You</span>
      </button>
      <div
        id={id}
        popover="auto"
        className="fixed inset-auto start-2 bottom-16 m-0 w-64 rounded-card bg-surface p-2 text-ink shadow-popover ring-1 ring-line max-md:start-auto max-md:end-2"
      >
        <div className="px-2.5 pt-1.5 pb-3">
          <p className="font-semibold">{member.name}</p>
          <p className="truncate text-small text-muted">{member.email}</p>
        </div>
        <ThemeChoice />
        <SingleKeys />
        <MenuButton icon={KeyboardIcon} onClick={onShortcuts} closes={id}>
          Keyboard shortcuts
        </MenuButton>
        {temporal_ui_url && (
          <a href={temporal_ui_url} target="_blank" rel="noreferrer" className={ITEM}>
            <ExternalIcon size={16} strokeWidth={1.75} aria-hidden="true" />
            Temporal
          </a>
        )}
        <MenuButton icon={LogOutIcon} onClick={() => logOut.mutate()} closes={id}>
          Log out
        </MenuButton>
      </div>
    </div>
  );
}

interface MenuButtonProps {
  icon: Icon;
  onClick: () => void;
  /** The popover this button closes. */
  closes: string;
  children: ReactNode;
}

function MenuButton({ icon: ItemIcon, onClick, closes, children }: MenuButtonProps) {
  return (
    <button
      type="button"
      popoverTarget={closes}
      popoverTargetAction="hide"
      onClick={onClick}
      className={ITEM}
    >
      <ItemIcon size={16} strokeWidth={1.75} aria-hidden="true" />
      {children}
    </button>
  );
}

function ThemeChoice() {
  const [theme, setTheme] = useState(readTheme);
  return (
    <fieldset className="mb-2 flex rounded-control bg-sunken p-1">
      <legend className="sr-only">Theme</legend>
      {THEMES.map(({ value, name, icon: ThemeIcon }) => (
        <label
          key={value}
          className="flex h-7 flex-1 cursor-pointer items-center justify-center gap-1.5 rounded-chip text-small text-muted has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-ring coarse:h-10"
        >
          <input
            type="radio"
            name="theme"
            className="sr-only"
            checked={theme === value}
            onChange={() => {
              applyTheme(value);
              setTheme(value);
            }}
          />
          <ThemeIcon size={14} strokeWidth={1.75} aria-hidden="true" />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

function SingleKeys() {
  const [on, setOn] = useState(singleKeysOn);
  return (
    <label className={`${ITEM} cursor-pointer max-md:hidden`}>
      <input
        type="checkbox"
        className="size-4 accent-indigo"
        checked={on}
        onChange={(event) => {
          setSingleKeys(event.target.checked);
          setOn(event.target.checked);
        }}
      />
      Single-key shortcuts
    </label>
  );
}

function Initials({ name }: { name: string }) {
  // Words that begin with a letter: "Mara Lind (demo)" is ML.
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const initials = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => word?.charAt(0)).join("");
  return (
    <span
      aria-hidden="true"
      className="grid size-7 shrink-0 place-items-center rounded-full bg-indigo-soft text-caption font-semibold text-indigo-text"
    >
      {initials.toUpperCase()}
    </span>
  );
}
