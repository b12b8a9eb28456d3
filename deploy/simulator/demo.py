"""Which deals does the stand-in HubSpot close? Invented companies and people; every address ends in `.example`."""

from dataclasses import dataclass

MARK = "Demo data made up by Thread's stand-in HubSpot."

OWNERS = (
    {"id": "41001", "firstName": "Priya", "lastName": "Raman", "email": "priya.raman@seller.example"},
    {"id": "41002", "firstName": "Tom", "lastName": "Adeyemi", "email": "tom.adeyemi@seller.example"},
    {"id": "41003", "firstName": "Lena", "lastName": "Fischer", "email": "lena.fischer@seller.example"},
)


@dataclass(frozen=True)
class DemoDeal:
    """A sale about to be won: `people` are (first name, last name, job title), the first one primary."""

    company: str
    domain: str
    industry: str
    employees: int
    amount: str
    product: str
    people: tuple[tuple[str, str, str], ...]
    note: str


_DEALS = (
    DemoDeal(
        "Harbour & Finch", "harbourfinch", "HOSPITALITY", 240, "48000", "Team plan, 60 seats",
        (("Maya", "Okafor", "VP Operations"), ("Daniel", "Reyes", "IT Manager")),
        "Wants all five hotels live before the spring season. Daniel owns single sign-on.",
    ),
    DemoDeal(
        "Brightwater Clinics", "brightwater", "HOSPITAL_HEALTH_CARE", 820, "126500.50", "Enterprise plan, 300 seats",
        (("Hannah", "Lindqvist", "Chief Operating Officer"), ("Marc", "Dubois", "Head of Compliance")),
        "Security review passed in October. Go-live must not fall into the last week of a month.",
    ),
    DemoDeal(
        "Copperline Logistics", "copperline", "LOGISTICS_AND_SUPPLY_CHAIN", 1500, "210000", "Enterprise plan, 700",
        (("Jonas", "Weber", "Director of Dispatch"), ("Aisha", "Karim", "Data Lead"), ("Piet", "Vos", "Procurement")),
        "Migrating from spreadsheets and a home-grown tool; Aisha has the exports ready.",
    ),
    DemoDeal(
        "Juniper Street Bakery", "juniperstreet", "FOOD_PRODUCTION", 35, "6400", "Starter plan, 12 seats",
        (("Rosa", "Delgado", "Owner"),),
        "Small team, no IT. Prefers short e-mails and a call in the early afternoon.",
    ),
    DemoDeal(
        "Meridian Robotics", "meridianrobotics", "INDUSTRIAL_AUTOMATION", 310, "87300", "Team plan, 150 seats",
        (("Kenji", "Watanabe", "Head of Customer Support"), ("Sofia", "Marin", "Integration Engineer")),
        "Needs the API on day one; Sofia will write the connector herself.",
    ),
    DemoDeal(
        "Oakfield School Trust", "oakfieldtrust", "EDUCATION_MANAGEMENT", 560, "39900", "Education plan, 400 seats",
        (("Grace", "Thornton", "Trust Secretary"), ("Imran", "Shah", "Network Manager")),
        "Eleven schools; start with two as a pilot. Nothing may happen in exam weeks.",
    ),
    DemoDeal(
        "Tidal Renewables", "tidalrenewables", "RENEWABLES_ENVIRONMENT", 190, "72000", "Team plan, 90 seats",
        (("Ingrid", "Solberg", "Operations Manager"), ("Callum", "Fraser", "Field Lead")),
        "Field crews work offline half of the week: ask Callum before scheduling training.",
    ),
    DemoDeal(
        "Papersmith & Daughters", "papersmith", "PRINTING", 78, "15800", "Team plan, 25 seats",
        (("Eleanor", "Papersmith", "Managing Director"), ("Luis", "Ferreira", "Production Planner")),
        "Third generation firm. Eleanor decides, Luis does; write to both.",
    ),
)  # fmt: skip

_REGIONS = ("", "Nordics", "Iberia", "Canada", "Pacific", "Alps")


def demo_deal(number: int) -> DemoDeal:
    """The `number`-th deal (from 0). After the last company its regional branches follow."""
    base = _DEALS[number % len(_DEALS)]
    turn = number // len(_DEALS)
    if turn == 0:
        return base
    region = _REGIONS[turn] if turn < len(_REGIONS) else f"Branch {turn}"
    slug = region.lower().replace(" ", "-")
    return DemoDeal(
        f"{base.company} {region}",
        f"{slug}.{base.domain}",
        base.industry,
        base.employees,
        base.amount,
        base.product,
        base.people,
        base.note,
    )
