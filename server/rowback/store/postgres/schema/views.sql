-- The words of each step, spelt out. Can be run again; comes after the tables. The views of versions are in 0001.sql.

-- Microseconds since 1970 as text, to the last of them: an interval times a number of microseconds would round.
create or replace function instant_text(us bigint) returns text language sql immutable strict parallel safe
as $$
select to_char(
    timestamp '0001-01-01' + (us + 62135596800000000) / 1000000 * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS'
) || '.' || lpad(cast((us + 62135596800000000) % 1000000 as text), 6, '0') || 'Z'
$$;

-- `lines`: each a string, or [block, first, length, first, length …] for what is cut out of a block's text; the block's
-- id is counted from `base`.
create or replace function lines_text(lines json, base bigint) returns text language sql stable strict parallel safe
as $$
select coalesce(string_agg(case json_typeof(line.value) when 'array' then (
    select string_agg(
        substr(blocks.text, cast(cut.value as integer) + 1, cast(line.value ->> cast(cut.place as integer) as integer)),
        e'\n' order by cut.place
    )
    from blocks, json_array_elements_text(line.value) with ordinality as cut (value, place)
    where blocks.id = cast(line.value ->> 0 as bigint) + base and cut.place % 2 = 0
) else line.value #>> '{}' end, e'\n' order by line.place), '')
from json_array_elements(lines) with ordinality as line (value, place)
$$;

create or replace view change_words as
select changes.id, instant_text(changes.seen_us) as seen_at, instant_text(changes.public_seen_us) as public_seen_at,
       lines_text(pieces.said -> 0, pieces.base) as deleted, lines_text(pieces.said -> 1, pieces.base) as inserted,
       lines_text(pieces.said -> 2, pieces.base) as before, lines_text(pieces.said -> 3, pieces.base) as after
from changes, lateral (
    select cast(changes.pieces as json) as said, cast(cast(changes.pieces as json) ->> 4 as bigint) as base
) as pieces;
