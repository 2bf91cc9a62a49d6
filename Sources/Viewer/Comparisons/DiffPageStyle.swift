/// How a comparison's page looks: light and dark, wide and narrow, on screen and on paper.
enum DiffPageStyle {
    /// Colours never stand alone: what was deleted is struck through, what was inserted underlined, and tags are words.
    static let text = page + comparison

    /// What is around a comparison that is a page of its own.
    private static let page = """
        :root{color-scheme:light dark;--paper:#fcfbf8;--card:#f4f1ea;--ink:#1d1b18;--faint:#625d55;--line:#d9d4c9;--link:#1f4e8c;\
        --del:#fbdcd8;--del-ink:#84180e;--ins:#d5efdb;--ins-ink:#0d512a;--mark:#fff3c4}
        @media screen and (prefers-color-scheme:dark){:root{--paper:#16171a;--card:#1f2125;--ink:#e9e6df;--faint:#a8a399;--line:#3b3e44;\
        --link:#9cc3ff;--del:#4f1d1a;--del-ink:#ffc2bb;--ins:#143f25;--ins-ink:#aaebbd;--mark:#3a3520}}
        *{box-sizing:border-box}
        html{scroll-behavior:smooth}
        body{margin:0 auto;max-width:84rem;padding:2rem clamp(1rem,3vw,2.5rem);font:1.05rem/1.6 Charter,"Bitstream Charter",\
        "Source Serif 4",Georgia,"DejaVu Serif",serif;color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
        h1{font-size:clamp(1.5rem,1.2rem + 1.4vw,2.2rem);line-height:1.2;margin:.25rem 0 .5rem;text-wrap:balance}
        h2{font-size:1.2rem;margin:2.5rem 0 .75rem;padding-bottom:.3rem;border-bottom:2px solid var(--ink)}
        h3{font-size:.95rem;margin:0 0 .5rem}
        footer{margin-top:3rem;border-top:1px solid var(--line)}
        @media print{:root{--paper:#fff}body{max-width:none;padding:0;font-size:10pt}h2{break-after:avoid}}
        @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}

        """

    /// The comparison itself, for pages that define the colours: ink, paper and the rest.
    static let comparison = """
        .key,.sum,.what,.state,thead,tbody th,.side,.note,footer{font-family:system-ui,"Noto Sans","DejaVu Sans",sans-serif;font-size:.85rem;line-height:1.5}
        .key,.sum,.place,.note,dt,footer,thead{color:var(--faint)}
        .key,.sum{margin:0}.sum{font-size:1rem}
        a{color:var(--link);text-underline-offset:.15em}
        .states{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
        .state{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.9rem 1.1rem}
        dl{margin:0}dl div{display:grid;grid-template-columns:5rem 1fr;gap:.75rem}dd{margin:0;font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.8rem}
        .edits{padding-inline-start:2rem;margin:0}.edits>li{margin:1.1rem 0;scroll-margin-top:1rem}.edits>li::marker{color:var(--faint);font-family:system-ui,sans-serif;font-size:.85rem}
        .edits p{margin:.2rem 0}.edits .before,.edits .after{position:relative;padding-inline-start:2rem;border-inline-start:3px solid var(--del-ink)}
        .edits .after{border-color:var(--ins-ink)}th .note{display:block;margin-top:.2rem}
        .edits .before::before,.edits .after::before{content:"−";content:"−"/"";position:absolute;inset-inline-start:.8rem;color:var(--del-ink)}
        .edits .after::before{content:"+";content:"+"/"";color:var(--ins-ink)}
        .what{display:flex;flex-wrap:wrap;gap:.2rem .6rem;align-items:baseline}.what strong{font-size:.95rem}
        .tag{display:inline-block;border:1px solid var(--faint);border-radius:1rem;padding:0 .55rem;font-size:.78rem;line-height:1.5;color:var(--faint);text-decoration:none;white-space:nowrap}
        .tag.substantive{background:var(--ink);border-color:var(--ink);color:var(--paper)}
        .tag.cosmetic{border-style:dashed}.tag.silent{border-color:var(--del-ink);color:var(--del-ink)}
        a.tag:hover,a.tag:focus-visible{outline:2px solid var(--link);outline-offset:1px}
        table{width:100%;border-collapse:collapse;table-layout:fixed}
        th,td{vertical-align:top;text-align:start;padding:.55rem .9rem;border-top:1px solid var(--line)}
        th:first-child{width:8.5rem;padding-inline-start:0;font-weight:normal}
        thead th{border-top:0;font-weight:600}thead th:first-child{font-weight:600}thead time{font-weight:normal}
        td{border-left:1px solid var(--line)}
        td p{margin:0}td p+p{margin-top:.8rem}
        td .headline{font-weight:bold;font-size:1.15rem;line-height:1.35}td .heading{font-weight:bold}
        td .standfirst{font-size:1.08rem}td .caption{font-style:italic;color:var(--faint)}
        td .quotation{padding-inline-start:.9rem;border-inline-start:3px solid var(--line)}
        td .listItem{display:list-item;list-style:disc;margin-inline-start:1.2rem}
        tr.same td{color:var(--faint)}tr.headline.same td{color:inherit}td.none{background:var(--card)}td.elsewhere{color:var(--faint);font-style:italic}
        tr:target,li:target{background:var(--mark)}
        del{background:var(--del);color:var(--del-ink);text-decoration:line-through;border-radius:.15em}
        ins{background:var(--ins);color:var(--ins-ink);text-decoration:underline;text-underline-offset:.15em;border-radius:.15em}
        del,ins{-webkit-box-decoration-break:clone;box-decoration-break:clone;white-space:pre-wrap}
        .vh{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;user-select:none}
        .side{display:none}
        @media screen and (max-width:46rem){
        .states{grid-template-columns:1fr}
        table,tbody,tr,tbody th,td{display:block;width:auto}thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        tbody tr{border-top:1px solid var(--line);padding:.8rem 0}tbody th,td{border:0;padding:.2rem 0}tbody th:first-child{width:auto}
        tr.changed td{border-inline-start:3px solid var(--del-ink);padding-inline-start:.8rem;margin-top:.4rem}tr.changed td.after{border-color:var(--ins-ink)}
        tr.changed .side{display:block;color:var(--faint);text-align:start}
        tr.same td.after,tr.same th,td.none{display:none}tr.same td{padding:0}}
        .column{max-width:46rem}.column .passage{margin:0 0 1rem}.column .passage>p{margin:0}.column .passage>p+p{margin-top:.8rem}
        .column .marks{font-size:.85rem}.column .headline{font-weight:bold;font-size:1.3rem;line-height:1.3}.column .heading{font-weight:bold}
        .column .caption{font-style:italic;color:var(--faint)}.column .same{color:var(--faint)}.column .headline.same{color:inherit}
        .column .quotation{padding-inline-start:.9rem;border-inline-start:3px solid var(--line)}.column .listItem{display:list-item;list-style:disc;margin-inline-start:1.2rem}
        .passage:target{background:var(--mark)}
        @media print{tr,.edits>li,.state{break-inside:avoid}
        a{color:inherit}del,ins,.tag,.state,td.none{-webkit-print-color-adjust:exact;print-color-adjust:exact}th:first-child{width:6.5rem}}

        """
}
