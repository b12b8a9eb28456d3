/** Two or three views of one thing, switched in place. */
import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

interface TabsProps<Value extends string> {
  value: Value;
  onChange: (value: Value) => void;
  label: string;
  /** None: the one view that is left needs no switch. */
  tabs: { value: Value; label: string }[];
  children: ReactNode;
  className?: string;
}

export function Tabs<Value extends string>(props: TabsProps<Value>) {
  return (
    <Base.Root
      value={props.value}
      onValueChange={(value) => props.onChange(value as Value)}
      className={props.className}
    >
      {props.tabs.length > 0 && (
        <Base.List aria-label={props.label} className="-mx-2 flex gap-1">
          {props.tabs.map((tab) => (
            <Base.Tab
              key={tab.value}
              value={tab.value}
              className="h-8 border-b-2 border-transparent px-2 font-medium text-muted hover:text-ink data-active:border-indigo data-active:text-ink coarse:h-11"
            >
              {tab.label}
            </Base.Tab>
          ))}
        </Base.List>
      )}
      {props.children}
    </Base.Root>
  );
}

export function TabPanel({
  value,
  className,
  children,
}: {
  value: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Base.Panel value={value} className={className}>
      {children}
    </Base.Panel>
  );
}
