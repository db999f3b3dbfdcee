-- Functions that the store's statements ask for by the names that SQLite has for them. Made anew at each start.

create or replace function json_each(said text, out key bigint, out value text) returns setof record
language sql immutable strict parallel safe
as $$ select place - 1, one from json_array_elements_text(cast(said as json)) with ordinality as each_of (one, place) $$;

create or replace function instr(whole text, part text) returns boolean
language sql immutable strict parallel safe
as $$ select strpos(whole, part) > 0 $$;

-- Of several values in one row; NULL when one of them is NULL, which `greatest` and `least` would pass over.
create or replace function max(one anycompatible, other anycompatible) returns anycompatible
language sql immutable strict parallel safe
as $$ select greatest(one, other) $$;

create or replace function max(one anycompatible, other anycompatible, third anycompatible) returns anycompatible
language sql immutable strict parallel safe
as $$ select greatest(one, other, third) $$;

create or replace function min(one anycompatible, other anycompatible) returns anycompatible
language sql immutable strict parallel safe
as $$ select least(one, other) $$;

create or replace function json_text(several anycompatiblearray) returns text
language sql immutable parallel safe
as $$ select cast(array_to_json(several) as text) $$;

create or replace aggregate json_group_array(anycompatible) (
    sfunc = array_append, stype = anycompatiblearray, initcond = '{}', finalfunc = json_text
);
