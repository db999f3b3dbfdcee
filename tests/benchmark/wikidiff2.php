<?php
// A process that runs wikidiff2, asked and answering as tell.py is: kinds of articles as JSON on the first line of
// stdin, then for each line the name of a kind and some work (which is ignored: it has one). Answers the milliseconds of
// CPU of each article, its first version against its last one, a paragraph a line.

function cpu_ms(): float
{
    $used = getrusage();
    $seconds = $used['ru_utime.tv_sec'] + $used['ru_stime.tv_sec'];
    return 1e3 * $seconds + ($used['ru_utime.tv_usec'] + $used['ru_stime.tv_usec']) / 1e3;
}

function joined(array $version): string
{
    [$headline, $paragraphs] = $version;
    return implode("\n", [$headline, ...$paragraphs]);
}

function timed(array $versions): float
{
    $old = joined($versions[0]);
    $new = joined($versions[count($versions) - 1]);
    $begun = cpu_ms();
    wikidiff2_do_diff($old, $new, 2);
    return cpu_ms() - $begun;
}

if (!extension_loaded('wikidiff2')) {
    fwrite(STDERR, "php has no wikidiff2\n");
    exit(1);
}
$kinds = json_decode(fgets(STDIN), true);
echo "[]\n";
while (($line = fgets(STDIN)) !== false) {
    [$kind] = json_decode($line);
    echo json_encode(array_map('timed', $kinds[$kind])), "\n";
}
