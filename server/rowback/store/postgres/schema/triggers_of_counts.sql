-- What PostgreSQL counts by itself when rows come, change and go: `totals`, `feeds.found` and `hours`, by triggers of
-- the names that they have in SQLite (store/schema/). Can be run again; comes after the tables.
--
-- Columns stand with their table: PL/pgSQL has a variable `found`. One row is one count: those who write at once wait
-- for each other there.

insert into totals (name, value) values
    ('articles gone', 0), ('articles paused', 0), ('articles settled', 0), ('articles watching', 0), ('captures', 0),
    ('last step', 0), ('versions', 0)
on conflict (name) do nothing;

create or replace function count_total(counted text, more bigint) returns void language sql
as $$ update totals set value = totals.value + more where totals.name = counted $$;

create or replace function count_article_in() returns trigger language plpgsql as $$
begin
    perform count_total('articles ' || new.status, 1);
    return null;
end $$;

create or replace function count_article_out() returns trigger language plpgsql as $$
begin
    perform count_total('articles ' || old.status, -1);
    return null;
end $$;

create or replace function count_rows() returns trigger language plpgsql as $$
begin
    perform count_total(tg_table_name, case tg_op when 'INSERT' then 1 else -1 end);
    return null;
end $$;

create or replace function count_finds() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        update feeds set found = feeds.found + 1 where feeds.id = new.feed_id;
    else
        update feeds set found = feeds.found - 1 where feeds.id = old.feed_id;
    end if;
    return null;
end $$;

create or replace trigger totals_articles_came after insert on articles
for each row execute function count_article_in();
create or replace trigger totals_articles_joined after update of status on articles
for each row when (old.status <> new.status) execute function count_article_in();
create or replace trigger totals_articles_left after update of status on articles
for each row when (old.status <> new.status) execute function count_article_out();
create or replace trigger totals_articles_went after delete on articles
for each row execute function count_article_out();
create or replace trigger totals_captures_came after insert on captures
for each row execute function count_rows();
create or replace trigger totals_captures_went after delete on captures
for each row execute function count_rows();
create or replace trigger totals_versions_came after insert on versions
for each row execute function count_rows();
create or replace trigger totals_versions_went after delete on versions
for each row execute function count_rows();
create or replace trigger totals_finds_came after insert on finds
for each row execute function count_finds();
create or replace trigger totals_finds_went after delete on finds
for each row execute function count_finds();

-- How many there are in each hour

create or replace function count_hour(counted text, went_from text, came_to text) returns void language plpgsql as $$
begin
    if went_from is not null then
        update hours set value = hours.value - 1
        where hours.name = counted and hours.hour = substr(went_from, 1, 13);
        delete from hours where hours.name = counted and hours.hour = substr(went_from, 1, 13) and hours.value = 0;
    end if;
    if came_to is not null then
        insert into hours (name, hour, value) values (counted, substr(came_to, 1, 13), 1)
        on conflict (name, hour) do update set value = hours.value + 1;
    end if;
end $$;

-- `old` is NULL where a row comes, `new` where it goes, and so is each of their columns.
create or replace function hour_due() returns trigger language plpgsql as $$
begin
    perform count_hour(tg_table_name || ' due', old.next_check_at, new.next_check_at);
    return null;
end $$;

create or replace function hour_checked() returns trigger language plpgsql as $$
begin
    perform count_hour('articles checked', old.checked_at, new.checked_at);
    return null;
end $$;

create or replace function hour_edited() returns trigger language plpgsql as $$
begin
    perform count_hour(
        'articles edited',
        case when old.version_count > 1 then old.last_changed_at end,
        case when new.version_count > 1 then new.last_changed_at end
    );
    return null;
end $$;

create or replace trigger hours_articles_due_came after insert on articles
for each row when (new.next_check_at is not null) execute function hour_due();
create or replace trigger hours_articles_due_moved after update of next_check_at on articles
for each row when (old.next_check_at is distinct from new.next_check_at) execute function hour_due();
create or replace trigger hours_articles_due_went after delete on articles
for each row when (old.next_check_at is not null) execute function hour_due();

create or replace trigger hours_articles_edited_came after insert on articles
for each row when (new.version_count > 1) execute function hour_edited();
create or replace trigger hours_articles_edited_moved after update of last_changed_at, version_count on articles
for each row when (old.last_changed_at <> new.last_changed_at or (old.version_count > 1) <> (new.version_count > 1))
execute function hour_edited();
create or replace trigger hours_articles_edited_went after delete on articles
for each row when (old.version_count > 1) execute function hour_edited();

create or replace trigger hours_articles_checked_came after insert on checks
for each row when (new.checked_at is not null) execute function hour_checked();
create or replace trigger hours_articles_checked_moved after update of checked_at on checks
for each row when (old.checked_at is distinct from new.checked_at) execute function hour_checked();
create or replace trigger hours_articles_checked_went after delete on checks
for each row when (old.checked_at is not null) execute function hour_checked();

create or replace trigger hours_finds_due_came after insert on finds
for each row when (new.next_check_at is not null) execute function hour_due();
create or replace trigger hours_finds_due_moved after update of next_check_at on finds
for each row when (old.next_check_at is distinct from new.next_check_at) execute function hour_due();
create or replace trigger hours_finds_due_went after delete on finds
for each row when (old.next_check_at is not null) execute function hour_due();
