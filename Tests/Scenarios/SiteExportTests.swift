import Foundation
import Models
import Testing

@Suite("An archive as a folder of pages")
struct SiteExportTests {
    /// Three articles on two sites, one of them edited twice.
    private func archive() throws -> Machine {
        let machine = try Machine()
        #expect(try machine.stet("init", "press").exit == 0)
        for (at, figure) in ["12", "14", "17"].enumerated() {
            let page = Story.page(
                headline: "At least \(figure) dead in quay collapse", Story.paragraphs + ["There were \(figure)."])
            try capture(page, "https://post.example/quay?id=1&x=<2>", "2026-03-0\(at + 1)T00:00:00Z", machine)
        }
        try capture(
            Story.page(headline: "<b>\"A headline\"</b> &amp; {{more}}"), "https://herald.example/odd",
            "2026-03-02T00:00:00Z", machine)
        try capture(
            Story.page(headline: "انهيار رصيف الحبوب", ["سقط سبعة عشر قتيلا في المرفأ."]),
            "https://herald.example/rasif", "2026-03-02T00:00:00Z", machine)
        return machine
    }

    private func capture(_ page: String, _ url: String, _ time: String, _ machine: Machine) throws {
        try machine.write(page, to: "page.html")
        let run = try machine.stet(
            "capture", "page.html", "--url", url, "--captured-at", time, "--archive", "press")
        #expect(run.exit == 0, "\(run.errors)")
    }

    private func export(_ machine: Machine, _ more: String...) throws -> JSON {
        let run = try machine.run(
            Machine.stet, ["export", "--site", "site", "--archive", "press", "--json"] + more)
        #expect(run.exit == 0, "\(run.errors)")
        return try run.summary
    }

    private static func values(of attribute: String, in page: String) -> [String] {
        page.components(separatedBy: " \(attribute)=\"").dropFirst().map {
            String($0.prefix { $0 != "\"" }).replacing("&amp;", with: "&").removingPercentEncoding ?? ""
        }
    }

    @Test("every page that is named is there, and nothing is named that lies elsewhere")
    func closed() throws {
        let machine = try archive()
        let summary = try export(machine)
        #expect(["articles", "captures", "missing"].map { summary[$0]?.integer } == [3, 5, 0] as [Int64?])
        let pages = try machine.files(below: "site", suffix: ".html")
        let counted = try #require(summary["pages"]?.integer)
        #expect(Int(counted) == pages.count)
        #expect(pages.count > 15)
        for page in pages {
            let text = String(decoding: try machine.read(page), as: UTF8.self)
            #expect(text.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;"))
            let folder = (page as NSString).deletingLastPathComponent
            let outer = text.replacing(try Regex("srcdoc=\"[^\"]*\""), with: "")
            #expect(Self.values(of: "src", in: outer).isEmpty, "\(page)")
            for link in Self.values(of: "href", in: outer) where !link.hasPrefix("#") {
                #expect(!link.contains(":") && !link.hasPrefix("/"), "\(page): \(link)")
                let file = "\(folder)/\(link.prefix { $0 != "#" && $0 != "?" })"
                #expect(FileManager.default.fileExists(atPath: machine.path(file)), "\(page): \(link)")
            }
        }
    }

    @Test("an archived page stands within its own page, sandboxed, and its bytes beside it, compressed")
    func originals() throws {
        let machine = try archive()
        _ = try export(machine)
        let captures = try machine.files(below: "site/captures", suffix: ".html")
        #expect(captures.count == 5)
        for page in captures {
            let text = String(decoding: try machine.read(page), as: UTF8.self)
            let frame = try #require(
                text.components(separatedBy: "<iframe ").dropFirst().first?.components(separatedBy: "</iframe>").first)
            #expect(frame.contains("sandbox=\"\""))
            #expect(!text.contains("<script"), "no script where an archived page stands")
            let stem = String(page.dropLast(5))
            let name = (stem as NSString).lastPathComponent.replacing("-", with: ":")
            let hashes = try machine.shell(
                "gzip -dc \(stem).gz | sha256sum; \(Machine.stet.path) show --raw \(name) --archive press | sha256sum"
            ).text.split(separator: "\n")
            #expect(hashes.count == 2 && hashes[0] == hashes[1])
        }
    }

    @Test("what was withdrawn is gone from the next export, and a folder with other things in it is refused")
    func again() throws {
        let machine = try archive()
        _ = try export(machine)
        let before = try machine.files(below: "site/captures")
        let lines = try machine.stet("log", "herald.example/odd", "--archive", "press", "--json").lines
        let name = try #require(lines.first?["captures"]?.array?.first?["capture"]?.string)
        #expect(try machine.stet("forget", name, "--reason", "source at risk", "--yes", "--archive", "press").exit == 0)
        _ = try export(machine)
        let after = try machine.files(below: "site/captures")
        #expect(Set(after).isSubset(of: before) && after.count == before.count - 2)
        #expect(try machine.shell("! grep -rlF '{{more}}' site").exit == 0)
        try machine.write("notes", to: "desk/notes.txt")
        let refused = try machine.stet("export", "--site", "desk", "--archive", "press")
        #expect(refused.exit == 64 && refused.errors.contains("desk is not empty"), "\(refused.errors)")
        #expect(try machine.files(below: "desk") == ["desk/notes.txt"])
    }

    @Test("only what was chosen is in it: pages, changes, search")
    func chosen() throws {
        let machine = try archive()
        let summary = try export(machine, "--only-site", "herald.example")
        #expect(["articles", "captures"].map { summary[$0]?.integer } == [2, 2] as [Int64?])
        #expect(try machine.shell("! grep -rl 'post.example' site").exit == 0)
        #expect(try machine.shell("! grep -rlw 'collapse 1' site/search").exit == 0)
    }
}
