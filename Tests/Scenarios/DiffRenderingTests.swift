import Foundation
import Models
import Testing

@Suite("Edits as they are shown")
struct DiffRenderingTests {
    private static let later =
        [
            Story.paragraphs[0].replacing("until spring", with: "until summer"),
            Story.paragraphs[1].replacing("4,200", with: "4,300").replacing("Ruth Okafor", with: "Rita Okafor"),
        ] + Story.paragraphs[2...] + ["The regional government announced that it would lend the town two pontoons."]

    private func machine(_ before: String, _ after: String, language: String = "en") throws -> Machine {
        let machine = try Machine()
        try machine.write(before, to: "a.html")
        try machine.write(after, to: "b.html")
        return machine
    }

    private func bridge() throws -> Machine { try machine(Story.page(), Story.page(Self.later)) }

    // MARK: Text

    @Test("words that differ are marked in brackets, each change has its kind, the rest is folded")
    func text() throws {
        let text = try bridge().stet("diff", "a.html", "b.html").text
        #expect(text.hasPrefix("from  a.html\nto    b.html\n"))
        #expect(text.contains("until [-spring-]{+summer+}, the town council"))
        #expect(text.contains("Some [-4,200-]{+4,300+} people"))
        #expect(text.contains("\nadded (substantive, silent)\n  {+The regional government"))
        #expect(text.contains("  ⋯ 1 paragraph unchanged\n"))
        #expect(!text.contains("Shopkeepers"))
        #expect(!text.contains("\u{1B}") && !text.contains("\u{2068}"))
        #expect(text.hasSuffix("substantive\n"))
    }

    @Test(
        "as much around a change as is asked for",
        arguments: [(["--context", "0"], 0, 3), (["--context", "2"], 3, 0), (["--all"], 3, 0), ([], 2, 1)])
    func context(options: [String], shown: Int, folded: Int) throws {
        let machine = try bridge()
        let text = try machine.run(Machine.stet, ["diff", "a.html", "b.html"] + options).text
        let unchanged = Story.paragraphs[2...].count { text.contains("\n  " + $0.prefix(40)) }
        #expect(unchanged == shown)
        #expect(text.contains("⋯") == (folded > 0))
        #expect(folded == 0 || text.contains("\n  ⋯ \(folded) paragraph\(folded == 1 ? "" : "s") unchanged\n"))
        #expect(text.contains("\n  Bridge to stay closed until spring\n"), "the headline is always there")
    }

    @Test("colours come when asked for, and never when NO_COLOR or a pipe says no")
    func colours() throws {
        let machine = try bridge()
        let plain = try machine.stet("diff", "a.html", "b.html").text
        #expect(!plain.contains("\u{1B}"))
        let coloured = try machine.stet("diff", "a.html", "b.html", "--color", "always").text
        #expect(coloured.contains("\u{1B}[31;9mspring\u{1B}[0m\u{1B}[32;1msummer\u{1B}[0m"))
        #expect(!coloured.contains("[-") && !coloured.contains("{+"))
        let terminal = try onTerminal(machine, "stet diff a.html b.html")
        #expect(terminal.contains("\u{1B}[31;9m"))
        #expect(try !onTerminal(machine, "NO_COLOR=1 stet diff a.html b.html").contains("\u{1B}"))
    }

    @Test(
        "side by side every line is as wide as the window, the columns stand below one another", arguments: [60, 121])
    func sideBySide(width: Int) throws {
        let other = [
            "橋は毎日約4200人が利用しており、町議会は修理の費用を見積もっている。「渡し船が必要だ」と住民は話した。",
            "Cafe\u{301} owners 👩‍👩‍👧 on the quay were glad 👍🏽 to see the fe\u{302}te 🇫🇷 take place at last on Sunday ❤️ evening.",
        ]
        let machine = try machine(
            Story.page(Story.paragraphs + other),
            Story.page(Self.later + other.map { $0.replacing("4200", with: "4300") }))
        let run = try machine.stet(
            "diff", "a.html", "b.html", "--side-by-side", "--all", environment: ["COLUMNS": "\(width)"])
        let rows = run.text.split(separator: "\n").filter { $0.contains(" │") }
        #expect(rows.count > 10)
        let rules = rows.compactMap { row in row.firstIndex(of: "│").map { columns(row[..<$0]) } }
        #expect(Set(rules) == [(width - 5) / 2 + 3])
        #expect(rows.allSatisfy { columns($0) <= width })
        #expect(run.text.contains("[-4,200-]") && run.text.contains("{+4,300+}"))
    }

    /// The signs of these texts: pictures and East Asian ones take two columns, all others one, with whatever they carry.
    private func columns(_ text: some StringProtocol) -> Int {
        text.reduce(0) { columns, sign in
            let isWide = sign.unicodeScalars.contains {
                (0x3000...0x9FFF).contains($0.value) || $0.value > 0x1F000 || $0.value == 0xFE0F
            }
            return columns + (isWide ? 2 : 1)
        }
    }

    @Test("a terminal wide enough shows both sides, a narrow one lines of its width")
    func terminal() throws {
        let machine = try bridge()
        #expect(try onTerminal(machine, "COLUMNS=120 stet diff a.html b.html").contains(" │ "))
        #expect(try !onTerminal(machine, "COLUMNS=119 stet diff a.html b.html").contains(" │ "))
        #expect(try !onTerminal(machine, "COLUMNS=150 stet diff a.html b.html --no-side-by-side").contains(" │ "))
        #expect(try onTerminal(machine, "stty cols 130; stet diff a.html b.html").contains(" │ "))
        let narrow = try onTerminal(machine, "COLUMNS=50 NO_COLOR=1 stet diff a.html b.html --all")
        #expect(narrow.split(separator: "\r\n").allSatisfy { $0.count <= 50 })
    }

    @Test("right-to-left text is set apart on a terminal, and left as it is in a pipe")
    func rightToLeft() throws {
        let text = [
            "أعلن مجلس المدينة يوم الاثنين أن الجسر القديم فوق النهر سيبقى مغلقا حتى الربيع بعد نقاش طويل بين الأعضاء.",
            "BBC كانت أول من نشر الخبر صباح يوم الأحد وفق ما ذكره Ruth Okafor من سكان الضفة الشرقية من المدينة القديمة.",
            "وطالب أصحاب المتاجر بعبارة مؤقتة ووعد المجلس بالنظر في الأمر قبل حلول فصل الصيف المقبل وقبل موعد الجلسة.",
        ]
        let later = text.map { $0.replacing("الأحد", with: "السبت").replacing("Ruth", with: "Rita") }
        let machine = try machine(
            Story.page(headline: "الجسر القديم", text), Story.page(headline: "الجسر القديم", later))
        let piped = try machine.stet("diff", "a.html", "b.html").text
        #expect(piped.contains("[-الأحد-]{+السبت+}"))
        #expect(!piped.contains("\u{2068}") && !piped.contains("\u{2069}"))
        let shown = try onTerminal(machine, "COLUMNS=140 NO_COLOR=1 stet diff a.html b.html --all")
        for line in shown.split(separator: "\r\n") {
            let opened = line.unicodeScalars.count { $0 == "\u{2068}" }
            #expect(opened == line.unicodeScalars.count { $0 == "\u{2069}" })
            if line.unicodeScalars.contains(where: { (0x600...0x6FF).contains($0.value) }) { #expect(opened > 0) }
        }
        // A paragraph that opens with a Latin name still runs from the right.
        #expect(shown.contains("\u{2068}\u{200F}BBC"))
        #expect(shown.contains("\u{2068}[-Ruth-]\u{2069}"))
    }

    @Test("nothing that a page says reaches the terminal as a command")
    func hostile() throws {
        let machine = try machine(
            Story.text(), Story.text().replacing("4,200", with: "\u{1B}]0;owned\u{7} \u{202E}4,300\u{9B}31m"))
        try machine.shell("mv a.html a.txt; mv b.html b.txt")
        for format in ["text", "unified", "html"] {
            let text = try machine.stet("diff", "a.txt", "b.txt", "--format", format, "--color", "never").text
            #expect(text.contains("4,300"))
            for forbidden: Unicode.Scalar in ["\u{1B}", "\u{7}", "\u{202E}", "\u{9B}"] {
                #expect(!text.unicodeScalars.contains(forbidden))
            }
        }
    }

    /// What a command prints when its output is a terminal.
    private func onTerminal(_ machine: Machine, _ command: String) throws -> String {
        let folder = Machine.stet.deletingLastPathComponent().path
        try machine.write("PATH='\(folder)':$PATH; export TERM=xterm; \(command)", to: "command.sh")
        return try machine.shell("script -qec 'bash command.sh 2> errors' /dev/null").text
    }

    // MARK: Other forms

    @Test(
        "a unified diff is applied by patch to what 'show' prints, and taken back by it",
        arguments: [[], ["--context", "0"], ["--context", "1"], ["--all"]])
    func unified(options: [String]) throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        let pages = [
            Story.page(), Story.page(headline: "Bridge to stay closed until summer", Self.later),
            Story.page(Array(Self.later.reversed())),
        ]
        for page in pages {
            try machine.write(page, to: "page.html")
            try machine.stet("capture", "page.html", "--url", "https://post.example/bridge", "--archive", "press")
        }
        for (from, to) in [(1, 2), (2, 3), (1, 3), (3, 1)] {
            let diff = try machine.run(
                Machine.stet,
                ["diff", "bridge", "\(from)", "\(to)", "--format", "unified", "--archive", "press"] + options)
            #expect(diff.exit == 0)
            try machine.write(diff.output, to: "edits.diff")
            for (number, name) in [(from, "from"), (to, "to"), (from, "copy")] {
                try machine.write(
                    try machine.stet("show", "bridge@\(number)", "--archive", "press").output, to: "\(name).txt")
            }
            let run = try machine.shell(
                "patch copy.txt edits.diff && cmp copy.txt to.txt && patch -R copy.txt edits.diff && cmp copy.txt from.txt"
            )
            #expect(run.exit == 0, "\(run.text) \(run.errors)")
        }
        let none = try machine.stet("diff", "bridge", "1", "1", "--format", "unified", "--archive", "press")
        #expect(none.exit == 0 && none.output.isEmpty)
    }

    @Test("a page has both capture times, names and hashes, and the same edits as the other forms")
    func html() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        for page in [Story.page(), Story.page(Self.later)] {
            try machine.write(page, to: "page.html")
            try machine.stet("capture", "page.html", "--url", "https://post.example/bridge", "--archive", "press")
        }
        let page = try machine.stet("diff", "bridge", "--format", "html", "--archive", "press").text
        let states = try machine.stet("log", "bridge", "--archive", "press", "--json").lines
        #expect(states.count == 2)
        for state in states {
            #expect(page.contains(try #require(state["revision"]?.string)))
            #expect(page.contains(try #require(state["capturedAt"]?.string)))
        }
        for number in 1...2 {
            let shown = try #require(
                try machine.stet("show", "bridge@\(number)", "--archive", "press", "--json").lines.first)
            for name in ["capture", "payload"] { #expect(page.contains(try #require(shown[name]?.string))) }
        }
        let hash = try machine.shell("sha256sum page.html").text.prefix(64)
        #expect(page.contains("<dt>payload</dt><dd>\(hash)</dd>"))
        let files = try machine.stet("diff", "page.html", "page.html", "--format", "html").text
        #expect(files.contains("<dt>payload</dt><dd>\(hash)</dd>"))
        let edits = try machine.stet("diff", "bridge", "--archive", "press", "--json")
        let count = try #require(try edits.summary["edits"]?.integer)
        #expect(try edits.lines.count == Int(count))
        #expect(page.contains("<h2 id=\"edits\">\(count) edits</h2>"))
    }

    @Test(
        "what makes no sense is refused",
        arguments: [["--context", "-1"], ["--format", "pdf"], ["--context", "many"]])
    func usage(options: [String]) throws {
        #expect(try bridge().run(Machine.stet, ["diff", "a.html", "b.html"] + options).exit == 64)
    }
}
