import Foundation
import Models
import Testing

@Suite("Whatever comes in has a clear status")
struct InputTests {
    private func archive() throws -> Machine {
        let machine = try Machine()
        try machine.stet("init", "press")
        return machine
    }

    @Test("a missing file is exit 66, an empty one 65, nothing is recorded")
    func nothingReadable() throws {
        let machine = try archive()
        let missing = try machine.stet("capture", "nowhere.html", "--archive", "press")
        #expect(missing.exit == 66)
        #expect(missing.errors.hasPrefix("stet: error: nowhere.html: no such file"))
        try machine.write("", to: "empty.txt")
        let empty = try machine.stet("capture", "empty.txt", "--archive", "press")
        #expect(empty.exit == 65)
        #expect(empty.text.contains("it is empty"))
        #expect(try machine.stet("articles", "--archive", "press", "--json").lines.isEmpty)
    }

    @Test("a folder with one bad file among good ones is exit 3, and the good ones are safe")
    func partly() throws {
        let machine = try archive()
        for name in ["a", "b", "c"] { try machine.write(Story.text() + name, to: "in/\(name).txt") }
        try machine.write("", to: "in/bad.txt")
        try machine.shell("mkfifo in/pipe")
        let run = try machine.stet("capture", "in", "--archive", "press", "--json")
        #expect(run.exit == 3)
        #expect(try run.summary["new"]?.integer == 3)
        #expect(try run.summary["failed"]?.integer == 2)
        #expect(try machine.stet("articles", "--archive", "press", "--json").lines.count == 3)
    }

    @Test("an unreadable file says so", .enabled(if: getuid() != 0))
    func unreadable() throws {
        let machine = try archive()
        try machine.write(Story.text(), to: "secret.txt")
        try machine.shell("chmod 000 secret.txt")
        let run = try machine.stet("capture", "secret.txt", "--archive", "press")
        #expect(run.exit == 65)
        #expect(run.text.contains("permission denied"))
    }

    @Test("bytes that are no text are kept as they are")
    func binary() throws {
        let machine = try archive()
        let png = Data(
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
                + (0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try machine.write(png, to: "photo.png")
        let run = try machine.stet("capture", "photo.png", "--archive", "press", "--json")
        #expect(run.exit == 0)
        #expect(try run.lines.first?["status"]?.string == "new")
        #expect(run.errors.contains("image/png"))
        #expect(try machine.stet("show", "photo.png", "--raw", "--archive", "press").output == png)
        #expect(try machine.stet("show", "photo.png", "--archive", "press").exit == 65)
    }

    @Test(
        "pages in old character sets are read, and kept to the byte",
        arguments: [
            ("windows-1252", "Café fermé à l’été, dit le maire de la ville à ses habitants réunis", "1252"),
            ("windows-1256", "أغلق المجلس البلدي الجسر القديم حتى الربيع بعد نقاش طويل", "1256"),
        ])
    func characterSets(name: String, sentence: String, page: String) throws {
        let machine = try archive()
        let html = Story.page(headline: sentence, Array(repeating: sentence + ". " + sentence, count: 4))
            .replacingOccurrences(of: "charset=\"utf-8\"", with: "charset=\"\(name)\"")
        try machine.write(html, to: "utf8.html")
        try machine.shell("iconv -f UTF-8 -t CP\(page) utf8.html > page.html")
        let run = try machine.stet("capture", "page.html", "--archive", "press", "--json")
        #expect(try run.lines.first?["headline"]?.string == sentence)
        #expect(
            try machine.stet("show", "page.html", "--raw", "--archive", "press").output == machine.read("page.html"))
    }

    @Test("invalid UTF-8 is read with replacements, and said so")
    func invalidUTF8() throws {
        let machine = try archive()
        var bytes = Data(Story.text().utf8)
        bytes.append(contentsOf: [0xE2, 0x82, 0x0A, 0xC3, 0x28, 0x0A])
        bytes.append(contentsOf: Data("Ünïcödé für alle, und noch ein Satz mit Umlauten: äöüß.\n".utf8))
        try machine.write(bytes, to: "broken.txt")
        let run = try machine.stet("capture", "broken.txt", "--archive", "press", "--json")
        #expect(run.exit == 0)
        #expect(try machine.stet("show", "broken.txt", "--raw", "--archive", "press").output == bytes)
    }

    @Test("a 200 MB file is stored whole, in memory that does not grow with it")
    func large() throws {
        let machine = try archive()
        try machine.shell("head -c 209715200 /dev/zero | tr '\\0' 'v' > large.txt; printf 'end' >> large.txt")
        let run = try machine.shell(
            "HOME=home /usr/bin/env bash -c 'ulimit -v 1500000; \(Machine.stet.path) capture large.txt --archive press --json'"
        )
        #expect(run.exit == 0, "\(run.errors)")
        #expect(run.errors.contains("larger than"))
        let sums = try machine.shell(
            "\(Machine.stet.path) show large.txt --raw --archive press | cmp - large.txt && echo same")
        #expect(sums.text == "same\n")
        #expect(try machine.stet("verify", "--archive", "press").exit == 0)
    }

    @Test("files of one name in different folders are captures of one article, with a notice")
    func sharedNames() throws {
        let machine = try archive()
        try machine.write(Story.text(), to: "monday/story.txt")
        try machine.write(Story.text(Array(Story.paragraphs.dropLast())), to: "tuesday/story.txt")
        let run = try machine.stet("capture", "monday", "tuesday", "--archive", "press", "--json")
        #expect(try run.lines.map { $0["status"]?.string } == ["new", "edited"])
        #expect(run.errors.contains("story.txt"))
    }

    @Test("the standard input is a source")
    func standardInput() throws {
        let machine = try archive()
        let run = try machine.stet(
            "capture", "-", "--url", "https://post.example/x", "--archive", "press", "--json",
            input: Data(Story.page().utf8))
        #expect(try run.lines.first?["article"]?.string == "post.example/x")
        #expect(try run.lines.first?["status"]?.string == "new")
    }

    @Test("extract needs no archive, and several files give a line each in order")
    func extract() throws {
        let machine = try Machine()
        try machine.write(Story.page(headline: "The first headline of the two"), to: "a.html")
        try machine.write(Story.text(), to: "b.txt")
        let run = try machine.stet("extract", "--json", "a.html", "b.txt")
        #expect(
            try run.lines.map { $0["headline"]?.string } == [
                "The first headline of the two", "Bridge to stay closed until spring",
            ])
        #expect(try run.lines.first?["body"]?.array?.count == Story.paragraphs.count)
        #expect(try machine.stet("extract", "--json", "a.html", "nowhere").exit == 3)
        #expect(try machine.stet("extract", "nowhere").exit == 66)
    }
}
