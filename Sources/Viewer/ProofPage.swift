/// A proof as one self-contained page for people: it loads nothing and runs nothing, so that it can be mailed, printed and kept.
///
/// Everything in it comes from outside and is escaped. The page is a reading aid: the proof is the file it names.
public struct ProofPage: Sendable {
    private let file: String
    private let fileHash: String
    private let capture: String
    private let facts: [(name: String, value: String)]
    private let proves: [String]
    private let doesNotProve: [String]
    private let fingerprint: String
    private let origin: String
    private let payload: String
    private let text: (headline: String?, body: String)?
    private let headers: String?

    /// - Parameters:
    ///   - file: the proof's name, without folders; `fileHash` its SHA-256.
    ///   - text: the article as read out of the payload; nil for what is no text.
    public init(
        file: String, fileHash: String, capture: String, facts: [(name: String, value: String)], proves: [String],
        doesNotProve: [String], fingerprint: String, origin: String, payload: String,
        text: (headline: String?, body: String)?, headers: String?
    ) {
        self.file = file
        self.fileHash = fileHash
        self.capture = capture
        self.facts = facts
        self.proves = proves
        self.doesNotProve = doesNotProve
        self.fingerprint = fingerprint
        self.origin = origin
        self.payload = payload
        self.text = text
        self.headers = headers
    }

    /// The page, in UTF-8.
    public var html: String {
        let title = text?.headline ?? capture
        let parts = [
            "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">", Self.policy,
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
            "<meta name=\"referrer\" content=\"no-referrer\">",
            "<title>Proof: \(HTMLText.escaped(title))</title>", "<style>\(Self.style)</style>", "</head>", "<body>",
            "<header>", "<p class=\"key\">Proof of capture \(HTMLText.escaped(capture))</p>",
            "<h1 dir=\"auto\">\(HTMLText.escaped(title))</h1>", "</header>", "<main>",
            section("What was recorded", table), section("What this proves", list(proves)),
            section("What it does not prove", list(doesNotProve)), section("How to check it offline", checking),
            reading, headerBlock, "</main>",
            "<footer><p>\(Self.footer)</p></footer>",
            "</body>", "</html>", "",
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func section(_ title: String, _ body: String) -> String {
        "<section>\n<h2>\(title)</h2>\n\(body)\n</section>"
    }

    private var table: String {
        let rows = (facts + [("proof", "\(file), SHA-256 \(fileHash)")]).map { name, value in
            "<tr><th scope=\"row\">\(HTMLText.escaped(name))</th><td dir=\"auto\">\(HTMLText.escaped(value))</td></tr>"
        }
        return "<table>\n\(rows.joined(separator: "\n"))\n</table>"
    }

    private func list(_ items: [String]) -> String {
        "<ul>\n\(items.map { "<li>\(HTMLText.escaped($0))</li>" }.joined(separator: "\n"))\n</ul>"
    }

    private var checking: String {
        """
        <p>The proof is the file <code>\(HTMLText.escaped(file))</code>. Whoever has it can check it on any machine, without a network and \
        without the archive. With stet itself, or with its second verifier, which is one Python file and uses ssh-keygen:</p>
        <pre>stet verify-proof PROOF.json --key KEY.pub
        python3 verify-proof.py PROOF.json --key KEY.pub</pre>
        <p>By hand, with <code>python3</code>, <code>sha256sum</code> and <code>ssh-keygen</code>, in a folder with the proof as \
        <code>proof.json</code>:</p>
        <pre id="check">\(HTMLText.escaped(commands))</pre>
        <p>The first command must print <code>\(HTMLText.escaped(fileHash))</code> for the file that this page is about. The second \
        takes it apart and prints <code>True</code> three times: the record's detail is the one its line names; its line, and the first line of \
        the log, lie under the signed root; and the first line's hash is the log's name. The third must print <code>\
        \(HTMLText.escaped(payload))</code>. The last must say <code>Good "stet-manifest" signature</code> with the key <code>\
        \(HTMLText.escaped(fingerprint))</code>, which must also be the key in <code>genesis-detail.json</code>.</p>
        <p><strong>That the key is whose it is said to be</strong> nothing in this file can show: compare the fingerprint with its owner, \
        by a way that you both trust.</p>
        """
    }

    private var commands: String {
        """
        sha256sum proof.json
        python3 - <<'END'
        import base64, hashlib, json
        proof = json.load(open("proof.json", encoding="utf-8"))
        def put(name, data):
            with open(name, "wb") as file: file.write(data)
        put("manifest.json", proof["manifest"]["text"].encode())
        put("manifest.json.sig", proof["manifest"]["signature"].encode())
        put("genesis-detail.json", proof["genesis"]["detail"].encode())
        put("detail.json", proof["capture"]["detail"].encode())
        payload = proof["payload"]
        if "text" in payload: put("payload", payload["text"].encode())
        if "base64" in payload: put("payload", base64.b64decode(payload["base64"]))
        if "file" in payload: put("payload", open(payload["file"], "rb").read())
        manifest = json.loads(proof["manifest"]["text"])
        H = lambda data: hashlib.sha256(data).digest()
        def root(entry):
            line = json.loads(entry["line"])
            index, last, node = line["index"], manifest["log"]["size"] - 1, H(b"\\0" + entry["line"].encode())
            for sibling in map(bytes.fromhex, entry["path"]):
                if index % 2 or index == last:
                    node = H(b"\\1" + sibling + node)
                    while index and index % 2 == 0: index, last = index // 2, last // 2
                else: node = H(b"\\1" + node + sibling)
                index, last = index // 2, last // 2
            return node.hex() if last == 0 else None
        entries = [proof["capture"], proof["genesis"]]
        print(all(H(e["detail"].encode()).hex() == json.loads(e["line"])["detail"] for e in entries))
        print(all(root(e) == manifest["log"]["root"] for e in entries))
        print(H(b"\\0" + proof["genesis"]["line"].encode()).hex() == manifest["origin"])
        END
        sha256sum payload
        ssh-keygen -Y check-novalidate -n stet-manifest -s manifest.json.sig < manifest.json
        """
    }

    private var reading: String {
        guard let text else { return "" }
        return section(
            "The text, as stet reads it out of the payload",
            """
            <p class="note">Not part of what was signed: signed are the bytes it was read from. Characters that could make text read as what it is \
            not are shown as \u{FFFD}.</p>
            <pre class="text" dir="auto">\(HTMLText.escaped(text.body))</pre>
            """)
    }

    private var headerBlock: String {
        guard let headers else { return "" }
        return section("The response's headers, as received", "<pre>\(HTMLText.escaped(headers))</pre>")
    }

    private static let footer = """
        This page is a reading aid made by stet from the file named above; that file is the proof. It loads nothing and runs nothing.
        """

    private static let policy = """
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
        base-uri 'none'; form-action 'none'">
        """

    private static let style = """
        :root{color-scheme:light dark;--paper:#fcfbf8;--card:#f4f1ea;--ink:#1d1b18;--faint:#625d55;--line:#d9d4c9}
        @media screen and (prefers-color-scheme:dark){:root{--paper:#16171a;--card:#1f2125;--ink:#e9e6df;--faint:#a8a399;--line:#3b3e44}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:52rem;padding:2rem clamp(1rem,3vw,2.5rem);font:1.05rem/1.6 Charter,"Bitstream Charter","Source Serif 4",\
        Georgia,"DejaVu Serif",serif;color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
        h1{font-size:clamp(1.5rem,1.2rem + 1.4vw,2.2rem);line-height:1.2;margin:.25rem 0 .5rem;text-wrap:balance}
        h2{font-size:1.2rem;margin:2rem 0 .75rem;padding-bottom:.3rem;border-bottom:2px solid var(--ink)}
        .key,.note,th,footer{font-family:system-ui,"Noto Sans","DejaVu Sans",sans-serif;font-size:.85rem;color:var(--faint)}
        .key{margin:0}
        table{width:100%;border-collapse:collapse}th,td{vertical-align:top;text-align:start;padding:.4rem .6rem;border-top:1px solid var(--line)}
        th{width:7rem;font-weight:normal;padding-inline-start:0}
        td,pre,code{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.8rem}
        pre{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.9rem 1.1rem;white-space:pre-wrap;overflow-wrap:anywhere}
        pre.text{font:inherit}
        footer{margin-top:3rem;border-top:1px solid var(--line)}
        @media print{:root{--paper:#fff}body{max-width:none;padding:0;font-size:10pt}h2{break-after:avoid}tr{break-inside:avoid}}
        """
}
