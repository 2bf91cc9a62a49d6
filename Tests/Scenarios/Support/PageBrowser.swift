import Foundation
import Models
import Testing

/// The programs below `Tests/Browser`, which look at pages with Debian's chromium.
enum PageBrowser {
    private static let python = Machine.repository.appending(path: ".build-tools/bin/python3")

    /// Whether there is a browser, and axe-core, which scripts/test puts beside the other tools that are not stet's.
    static let isThere: Bool = {
        let manager = FileManager.default
        let lib = Machine.repository.appending(path: ".build-tools/lib")
        let versions = (try? manager.contentsOfDirectory(atPath: lib.path)) ?? []
        return manager.isExecutableFile(atPath: "/usr/bin/chromium") && manager.isExecutableFile(atPath: python.path)
            && versions.contains {
                manager.fileExists(atPath: lib.path + "/\($0)/site-packages/axe_playwright_python/axe.min.js")
            }
    }()

    static let missing: Comment = "chromium or axe-core is not installed: scripts/test installs both"

    /// One thing wrong with one page.
    struct Finding: CustomStringConvertible {
        let page: String
        let check: String
        let what: String
        var description: String { "\(page): \(check): \(what)" }
    }

    struct Outcome {
        /// What the program says of each page.
        let pages: [JSON]
        let summary: JSON
        let findings: [Finding]
    }

    /// `visit.py` with these arguments.
    static func visit(_ machine: Machine, _ arguments: [String]) throws -> Outcome {
        try outcome(run("visit.py", machine, arguments), named: "page")
    }

    /// `attack.py` with these arguments.
    static func attack(_ machine: Machine, _ arguments: [String], input: [JSON] = []) throws -> Outcome {
        let lines = input.map { $0.text + "\n" }.joined()
        return try outcome(run("attack.py", machine, arguments, input: Data(lines.utf8)), named: "name")
    }

    private static func run(
        _ program: String, _ machine: Machine, _ arguments: [String], input: Data? = nil
    ) throws -> Machine.Run {
        let path = Machine.repository.appending(path: "Tests/Browser/\(program)").path
        let run = try machine.run(
            python, [path] + arguments, input: input,
            environment: ["PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"])
        try #require(run.exit == 0, "\(run.errors.suffix(2000))")
        return run
    }

    private static func outcome(_ run: Machine.Run, named name: String) throws -> Outcome {
        let pages = try run.lines
        let findings = try pages.flatMap { page in
            try (page["findings"]?.array ?? []).map { finding in
                let look = finding["look"]?.string.map { $0.isEmpty ? "" : " (\($0))" } ?? ""
                return Finding(
                    page: try #require(page[name]?.string) + (page["address"]?.string.map { " at \($0)" } ?? ""),
                    check: try #require(finding["check"]?.string),
                    what: try #require(finding["what"]?.string) + look)
            }
        }
        return Outcome(pages: pages, summary: try run.summary, findings: findings)
    }
}
