-- What PostgreSQL keeps by itself of articles' steps when rows come, change and go: which are due, their numbers and
-- labels, who has not seen them; by triggers of the names that they have in SQLite (store/schema/). Can be run again;
-- comes after the tables.
--
-- SQLite runs a trigger at each row, PostgreSQL an AFTER trigger once the statement is done: of `delete from versions`
-- of a whole article nothing would be left to see. Where others of the article are asked for, it is a BEFORE trigger,
-- which sees what became of the rows before it. FTS5's triggers have no fellow here: vectors are made by
-- rowback.store.postgres.tsquery_texts.

-- Articles whose steps are no longer what their versions say, and what was told of them

create or replace function has_another_version(article bigint, version bigint) returns boolean language sql
as $$
select exists (select 1 from articles where articles.id = article)
    and exists (select 1 from versions where versions.article_id = article and versions.id <> version)
$$;

create or replace function note_changes_due(article bigint, version bigint) returns void language sql
as $$
insert into changes_due (article_id) select article where has_another_version(article, version)
on conflict (article_id) do nothing
$$;

create or replace function note_told_due(article bigint, version bigint) returns void language sql
as $$
insert into told_due (article_id) select article where has_another_version(article, version)
on conflict (article_id) do nothing
$$;

create or replace function changes_of_new() returns trigger language plpgsql as $$
begin
    perform note_changes_due(new.article_id, new.id);
    return new;
end $$;

create or replace function changes_of_old() returns trigger language plpgsql as $$
begin
    perform note_changes_due(old.article_id, old.id);
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end $$;

create or replace trigger changes_version_inserted after insert on versions
for each row execute function changes_of_new();
create or replace trigger changes_version_moved before update of seen_at, article_id on versions
for each row execute function changes_of_new();
create or replace trigger changes_version_left before update of article_id on versions
for each row execute function changes_of_old();
create or replace trigger changes_version_deleted before delete on versions
for each row execute function changes_of_old();

create or replace function tell_of_new() returns trigger language plpgsql as $$
begin
    perform note_told_due(new.article_id, new.id);
    return new;
end $$;

create or replace function tell_again() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.article_id <> new.article_id then
        delete from told where told.article_id = old.article_id;
        perform note_told_due(old.article_id, old.id);
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    delete from told where told.article_id = new.article_id;
    perform note_told_due(new.article_id, new.id);
    return new;
end $$;

create or replace trigger told_version_came after insert on versions
for each row execute function tell_of_new();
create or replace trigger told_version_moved before update of seen_at on versions
for each row when (old.seen_at <> new.seen_at) execute function tell_of_new();
create or replace trigger told_version_parted before update of article_id on versions
for each row execute function tell_again();
create or replace trigger told_version_rewritten before update of title, fingerprint on versions
for each row execute function tell_again();
create or replace trigger told_version_went before delete on versions
for each row execute function tell_again();

-- Steps: made anew when their texts go, their numbers kept, listed as their article is

create or replace function drop_steps_of_block() returns trigger language plpgsql as $$
begin
    insert into changes_due (article_id)
    select distinct changes.article_id from changes where changes.article_id = old.article_id
    on conflict (article_id) do nothing;
    delete from changes where changes.article_id = old.article_id;
    return old;
end $$;

create or replace function keep_step_number() returns trigger language plpgsql as $$
begin
    update totals set value = greatest(totals.value, old.id) where totals.name = 'last step';
    insert into changes_before (previous_id, version_id, id, article_id)
    values (old.previous_id, old.version_id, old.id, old.article_id)
    on conflict (previous_id, version_id) do update set id = excluded.id, article_id = excluded.article_id;
    return old;
end $$;

create or replace function drop_step_numbers() returns trigger language plpgsql as $$
begin
    delete from changes_before where changes_before.article_id = old.id;
    return null;
end $$;

create or replace function list_steps() returns trigger language plpgsql as $$
begin
    update changes set listed = new.listed where changes.article_id = new.id;
    return null;
end $$;

create or replace trigger changes_blocks_removed before delete on blocks
for each row execute function drop_steps_of_block();
create or replace trigger changes_id_kept before delete on changes
for each row execute function keep_step_number();
create or replace trigger changes_ids_dropped after delete on articles
for each row execute function drop_step_numbers();
create or replace trigger changes_article_listed after update of listed on articles
for each row when (old.listed <> new.listed) execute function list_steps();

-- The labels of each step

create or replace function add_step_labels(step bigint, labels text) returns void language plpgsql as $$
begin
    insert into label_names (name)
    select label.name from unnest(string_to_array(trim(labels), ' ')) with ordinality as label (name, place)
    where label.name <> '' and not exists (select 1 from label_names where label_names.name = label.name)
    group by label.name order by min(label.place)
    on conflict (name) do nothing;
    insert into step_labels (label_id, change_id)
    select label_names.id, step from label_names where label_names.name = any (string_to_array(trim(labels), ' '));
end $$;

create or replace function drop_step_labels(step bigint, labels text) returns void language sql
as $$
delete from step_labels where step_labels.change_id = step and step_labels.label_id in (
    select label_names.id from label_names where strpos(labels, ' ' || label_names.name || ' ') > 0
)
$$;

create or replace function label_step() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        perform drop_step_labels(old.id, old.labels);
    end if;
    if tg_op <> 'DELETE' then
        perform add_step_labels(new.id, new.labels);
    end if;
    return null;
end $$;

create or replace trigger step_labels_came after insert on changes
for each row when (trim(new.labels) <> '') execute function label_step();
create or replace trigger step_labels_moved after update of id, labels on changes
for each row when (old.id <> new.id or old.labels <> new.labels) execute function label_step();
create or replace trigger step_labels_went after delete on changes
for each row when (trim(old.labels) <> '') execute function label_step();

-- The steps that a reader has not seen: kept from the first one seen on

create or replace function note_unseen(reader bigint, step bigint) returns void language sql
as $$
insert into unseen (reader_id, at_us, step_id)
select readers.id, changes.seen_us, changes.id from readers, changes
where readers.id = reader and readers.keeps_unseen = 1 and changes.id = step
on conflict (reader_id, at_us, step_id) do nothing
$$;

-- A step that another transaction is adding meanwhile is not seen here, and reads there that none are kept yet: each
-- waits for the other.
create or replace function keep_unseen(reader bigint) returns void language plpgsql as $$
begin
    if exists (select 1 from readers where readers.id = reader and readers.keeps_unseen = 0) then
        perform pg_advisory_xact_lock(hashtext('unseen'), 0);
        insert into unseen (reader_id, at_us, step_id)
        select readers.id, changes.seen_us, changes.id from readers cross join changes
        where readers.id = reader and readers.keeps_unseen = 0 and not exists (
            select 1 from reviews
            where reviews.reader_id = readers.id and reviews.change_id = changes.id and reviews.seen = 1
        )
        on conflict (reader_id, at_us, step_id) do nothing;
        update readers set keeps_unseen = 1 where readers.id = reader and readers.keeps_unseen = 0;
    end if;
end $$;

create or replace function unseen_of_step() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        perform pg_advisory_xact_lock_shared(hashtext('unseen'), 0);
        insert into unseen (reader_id, at_us, step_id)
        select readers.id, new.seen_us, new.id from readers where readers.keeps_unseen = 1 and not exists (
            select 1 from reviews
            where reviews.reader_id = readers.id and reviews.change_id = new.id and reviews.seen = 1
        )
        on conflict (reader_id, at_us, step_id) do nothing;
    elsif tg_op = 'UPDATE' then
        update unseen set at_us = new.seen_us
        where unseen.reader_id in (select readers.id from readers where readers.keeps_unseen = 1)
        and unseen.at_us = old.seen_us and unseen.step_id = old.id;
    else
        delete from unseen
        where unseen.reader_id in (select readers.id from readers where readers.keeps_unseen = 1)
        and unseen.at_us = old.seen_us and unseen.step_id = old.id;
    end if;
    return null;
end $$;

create or replace function unseen_of_review() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' and old.seen = 1 then
        perform note_unseen(old.reader_id, old.change_id);
    end if;
    if tg_op <> 'DELETE' and new.seen = 1 then
        perform keep_unseen(new.reader_id);
        delete from unseen
        where unseen.reader_id = new.reader_id and unseen.step_id = new.change_id
        and unseen.at_us = (select changes.seen_us from changes where changes.id = new.change_id);
    end if;
    return null;
end $$;

create or replace trigger unseen_step_came after insert on changes
for each row execute function unseen_of_step();
create or replace trigger unseen_step_moved after update of seen_us on changes
for each row when (old.seen_us <> new.seen_us) execute function unseen_of_step();
create or replace trigger unseen_step_went after delete on changes
for each row execute function unseen_of_step();
create or replace trigger unseen_review_came after insert on reviews
for each row when (new.seen = 1) execute function unseen_of_review();
create or replace trigger unseen_review_changed after update of seen, change_id on reviews
for each row when (old.seen <> new.seen or old.change_id <> new.change_id) execute function unseen_of_review();
create or replace trigger unseen_review_went after delete on reviews
for each row when (old.seen = 1) execute function unseen_of_review();
