/** One question with the control its type asks for, its help, and what is wrong with the answer. */
import { classes } from "@/components/ui/classes";
import { CONTROL } from "@/components/ui/field";
import { ChoicesIcon } from "@/components/ui/icons";
import { Choices } from "./choices";
import { controlId, described, type FormFieldProps, Help, Label, ProblemLine } from "./field-parts";

/** Few choices are all shown; many fold into a list. */
const MOST_SHOWN = 6;

export function FormField(props: FormFieldProps) {
  const { field } = props;
  const hidden = field.type === "select" && field.options.length > MOST_SHOWN;
  if (field.type === "yes_no" || field.type === "multi_select" || (field.type === "select" && !hidden)) {
    return <Choices {...props} />;
  }
  return (
    <div>
      <label htmlFor={controlId(field.key)} className="block font-medium text-pretty">
        <Label field={field} />
      </label>
      <Help field={field} />
      <div className="mt-1.5">{hidden ? <List {...props} /> : <TextControl {...props} />}</div>
      <ProblemLine field={field} problem={props.problem} />
    </div>
  );
}

function TextControl({ field, value, problem, disabled, onChange }: FormFieldProps) {
  const common = {
    ...described(field, problem),
    id: controlId(field.key),
    disabled,
    value: typeof value === "string" ? value : "",
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  if (field.type === "textarea") {
    return (
      <textarea
        {...common}
        className={classes(CONTROL, "block field-sizing-content min-h-28 resize-y py-2.5")}
      />
    );
  }
  const narrow = field.type === "number" || field.type === "date";
  return (
    <input
      {...common}
      type={field.type === "date" ? "date" : "text"}
      {...(field.type === "number" ? { inputMode: "decimal" as const } : {})}
      autoComplete="off"
      className={classes(CONTROL, "h-10 coarse:h-11", narrow && "max-w-52")}
    />
  );
}

function List({ field, value, problem, disabled, onChange }: FormFieldProps) {
  return (
    <div className="relative">
      <select
        {...described(field, problem)}
        id={controlId(field.key)}
        disabled={disabled}
        value={typeof value === "string" ? value : ""}
        onChange={(event) => onChange(event.target.value || undefined)}
        className={classes(CONTROL, "h-10 appearance-none pe-10 coarse:h-11")}
      >
        <option value="">Choose</option>
        {field.options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
      <ChoicesIcon
        size={20}
        strokeWidth={1.75}
        aria-hidden="true"
        className="pointer-events-none absolute end-3 top-1/2 -translate-y-1/2 text-muted"
      />
    </div>
  );
}
