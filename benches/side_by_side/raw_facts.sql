-- The strongest form of the peer for windows of days: the raw incidents, counted for the communes of the tile alone, and
-- the geometry simplified beforehand for each zoom. Needs communes_z, made by the workload's functions.sql.
-- usage: psql -v facts=fact_1000000 -v made=raw_z_1000000 -f raw_facts.sql
select format($make$
create or replace function %1$I(z integer, x integer, y integer, q json) returns bytea
language plpgsql stable strict parallel safe as $body$
declare
    tile bytea;
begin
    execute format($ask$
        with shown as materialized (
            select id, code, name, district_id, area_km2,
                st_asmvtgeom(geom, st_tileenvelope($1, $2, $3), 4096, 64, true) as shape
            from communes_z
            where z = %%s and geom && st_tileenvelope($1, $2, $3, margin => 64.0 / 4096)
        ), counted as (
            select fact.commune_id, count(*)::int as n, sum(fact.severity)::int as sev
            from %2$I fact
            where fact.commune_id in (select id from shown)
                and fact.ts >= ($4 ->> 'from')::timestamp and fact.ts < ($4 ->> 'to')::timestamp
                and fact.category = any (string_to_array($4 ->> 'cat', ',')::smallint[])
            group by fact.commune_id
        )
        select st_asmvt(answer, 'communes', 4096, 'shape', 'id')
        from (
            select id, code, name, district_id, area_km2, coalesce(n, 0) as n, coalesce(sev, 0) as sev, shape
            from shown left join counted on commune_id = id
            where shape is not null
        ) answer
    $ask$, least(greatest(z, 6), 14)) into tile using z, x, y, q;
    return tile;
end
$body$
$make$, :'made', :'facts')
\gexec
