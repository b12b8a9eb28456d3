"""In which order are new rows written? Parents first, as the foreign keys demand.

SQLAlchemy takes that order from relationships, and the tables declare columns only, so that no attribute ever queries
behind a caller's back. This derives one closed relationship (`lazy="raise"`) from each foreign key.
"""

from sqlalchemy import ForeignKeyConstraint, Table, and_
from sqlalchemy.orm import Mapper, configure_mappers, registry, relationship


def follow_foreign_keys(tables: registry) -> None:
    """Make a flush write each mapped table after those it refers to. A cycle's `use_alter` key is left out."""
    mappers = {mapper.local_table: mapper for mapper in tables.mappers}
    for table, mapper in mappers.items():
        if isinstance(table, Table):
            for key in table.foreign_key_constraints:
                if not key.use_alter:
                    _refer(mapper, key, mappers[key.referred_table])
    configure_mappers()


def _refer(mapper: Mapper[object], key: ForeignKeyConstraint, parent: Mapper[object]) -> None:
    same = and_(*(element.parent == element.column for element in key.elements))
    # Only the last column tells rows apart: `org_id` is shared by every key of the row.
    own = key.elements[-1].parent
    mapper.add_property(f"{own.key}__row", relationship(parent, primaryjoin=same, foreign_keys=[own], lazy="raise"))
