-- Functions that the store's statements ask for by the names that SQLite has for them. Made anew at each start.

create or replace function json_each(said text, out key bigint, out value text) returns setof record
language sql immutable strict parallel safe
as $$ select place - 1, one from json_array_elements_text(cast(said as json)) with ordinality as each_of (one, place) $$;

create or replace function instr(whole text, part text) returns bigint
language sql immutable strict parallel safe
as $$ select strpos(whole, part) $$;

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

create or replace function after_comma(told text, one text) returns text
language sql immutable strict parallel safe
as $$ select told || ',' || one $$;

create or replace aggregate group_concat(text) (sfunc = after_comma, stype = text);

-- Seconds since 1970, the only form that is asked for.
create or replace function strftime(form text, at text) returns text
language sql stable strict parallel safe
as $$ select case when form = '%s' then cast(cast(extract(epoch from cast(at as timestamptz)) as bigint) as text) end $$;
