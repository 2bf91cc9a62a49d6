import Foundation
import Models
import Testing

/// Attacks on what stands in the log: lines, paths, details, payloads.
extension ProofAttacks {
    static let genesis: [ProofAttack] = [
        .init("somebody else's genesis", "wrongGenesis") {
            $0.good.setting("genesis", to: $0.stranger["genesis"] ?? .null)
        },
        .init("another log's genesis", "wrongGenesis") {
            $0.good.setting("genesis", to: $0.sibling["genesis"] ?? .null)
        },
        .init("the genesis line's time", "wrongGenesis") {
            try $0.good.editingText("genesis", "line") { $0.setting("recordedAt", to: "2026-03-01T06:00:01Z") }
        },
        .init("the genesis line's detail", "wrongGenesis") { workshop in
            try workshop.good.editingText("genesis", "line") { line in
                line.setting("detail", to: .string(String(repeating: "b", count: 64)))
            }
        },
        .init("the capture for the genesis", "wrongGenesis") {
            $0.good.setting("genesis", to: $0.good["capture"] ?? .null)
        },
        .init("the genesis without a path", "notInLog") { $0.good.setting("genesis", "path", to: []) },
        .init("the genesis with another path", "notInLog") {
            $0.good.setting("genesis", "path", to: $0.good["capture"]?["path"] ?? .null)
        },
        .init("somebody else's key in the genesis", "wrongDetail") {
            $0.good.setting("genesis", "detail", to: $0.stranger["genesis"]?["detail"] ?? .null)
        },
        .init("the genesis' name", "wrongDetail") {
            try $0.good.editingText("genesis", "detail") { $0.setting("name", to: "x") }
        },
        .init("a genesis of another kind of detail", "malformedDetail") {
            try $0.honest { $0.details[0] = ForgedLog.capture(1, payload: []).canonicalBytes }
        },
        .init("a genesis whose key is none", "notTheOriginsKey") {
            try $0.honest { log in
                log.details[0] = try JSON(parsing: log.details[0]).setting("key", to: "none").canonicalBytes
            }
        },
    ]

    static let lines: [ProofAttack] = [
        .init("the line's time", "notInLog") {
            try $0.good.editingText("capture", "line") { $0.setting("recordedAt", to: "2025-01-01T00:00:00Z") }
        },
        .init("the line's index", "notInLog") {
            try $0.good.editingText("capture", "line") { $0.setting("index", to: 4) }
        },
        .init("an index past the end", "notInLog") {
            try $0.good.editingText("capture", "line") { $0.setting("index", to: 7) }
        },
        .init("the largest index", "notInLog") {
            try $0.good.editingText("capture", "line") { $0.setting("index", to: 9_007_199_254_740_991) }
        },
        .init("a negative index", "malformedLine") {
            try $0.good.editingText("capture", "line") { $0.setting("index", to: -3) }
        },
        .init("the line's detail", "notInLog") { workshop in
            try workshop.good.editingText("capture", "line") { line in
                line.setting("detail", to: .string(String(repeating: "b", count: 64)))
            }
        },
        .init("a line of another kind", "wrongKind") {
            try $0.good.editingText("capture", "line") { $0.setting("kind", to: "custody") }
        },
        .init("a line of no kind", "malformedLine") {
            try $0.good.editingText("capture", "line") { $0.setting("kind", to: "photo") }
        },
        .init("the first line as a capture", "wrongKind") {
            $0.good.setting("capture", to: $0.good["genesis"] ?? .null)
        },
        .init("a line of another log's name", "otherOrigin") { workshop in
            try workshop.good.editingText("capture", "line") { line in
                line.setting("origin", to: .string(String(repeating: "c", count: 64)))
            }
        },
        .init("another log's capture", "otherOrigin") {
            $0.good.setting("capture", to: $0.sibling["capture"] ?? .null)
        },
        .init("a line with a member more", "malformedLine") {
            try $0.good.editingText("capture", "line") { $0.setting("note", to: 1) }
        },
        .init("a line of another format", "malformedLine") {
            try $0.good.editingText("capture", "line") { $0.setting("format", to: 2) }
        },
        .init("a line without a time", "malformedLine") {
            try $0.good.editingText("capture", "line") { $0.editing("recordedAt") { _ in nil } }
        },
        .init("a line with its newline", "malformedLine") {
            $0.good.editing("capture", "line") { .string(($0.string ?? "") + "\n") }
        },
        .init("a line with a space", "malformedLine") {
            $0.good.editing("capture", "line") { .string(" " + ($0.string ?? "")) }
        },
        .init("a line with a fraction", "malformedLine") {
            $0.good.editing("capture", "line") { line in
                .string((line.string ?? "").replacingOccurrences(of: "\"index\":3", with: "\"index\":3.0"))
            }
        },
        .init("a line with a name twice", "malformedLine") {
            $0.good.editing("capture", "line") { line in
                .string((line.string ?? "").replacingOccurrences(of: "\"index\":3", with: "\"index\":3,\"index\":3"))
            }
        },
        .init("an empty line", "malformedLine") { $0.good.setting("capture", "line", to: "") },
        .init("a signed line of two origins", "malformedLine") {
            try $0.honest { $0.editLine = { $0 == 3 ? $1.setting("source", to: "x") : $1 } }
        },
    ]

    static let paths: [ProofAttack] = [
        .init("a node changed", "notInLog") {
            $0.good.setting("capture", "path", "1", to: .string(String(repeating: "d", count: 64)))
        },
        .init("two nodes swapped", "notInLog") {
            $0.good.editing("capture", "path") { path in
                var nodes = path.array ?? []
                nodes.swapAt(0, 1)
                return .array(nodes)
            }
        },
        .init("the path reversed", "notInLog") {
            $0.good.editing("capture", "path") { .array(($0.array ?? []).reversed()) }
        },
        .init("the first node gone", "notInLog") { $0.good.editing("capture", "path", "0") { _ in nil } },
        .init("the last node gone", "notInLog") {
            $0.good.editing("capture", "path") { .array(Array(($0.array ?? []).dropLast())) }
        },
        .init("no path", "notInLog") { $0.good.setting("capture", "path", to: []) },
        .init("a node more", "notInLog") {
            $0.good.editing("capture", "path") { .array(($0.array ?? []) + ($0.array ?? []).prefix(1)) }
        },
        .init("a node before", "notInLog") {
            $0.good.editing("capture", "path") { .array(($0.array ?? []).prefix(1) + ($0.array ?? [])) }
        },
        .init("the neighbour's path", "notInLog") {
            $0.good.setting("capture", "path", to: $0.second["capture"]?["path"] ?? .null)
        },
        .init("the path of a later snapshot", "notInLog") {
            $0.good.setting("capture", "path", to: $0.later["capture"]?["path"] ?? .null)
        },
        .init("the neighbour's line", "notInLog") {
            $0.good.setting("capture", "line", to: $0.second["capture"]?["line"] ?? .null)
        },
    ]

    static let details: [ProofAttack] =
        [
            ("url", "https://post.example/other"), ("capturedAt", "2026-02-28T00:00:00Z"), ("size", 1),
            ("mediaType", "text/plain"), ("outcome", "timeout"), ("salt", ForgedLog.salt(0)),
            ("payload", .string(String(repeating: "e", count: 64))), ("via", ["source": "stdin", "tool": "x"]),
            ("article", "post.example/a"), ("status", 404), ("kind", "genesis"), ("format", 2),
        ].map { (name: String, value: JSON) in
            ProofAttack("the detail's \(name)", "wrongDetail") {
                try $0.good.editingText("capture", "detail") { $0.setting(name, to: value) }
            }
        }
        + [
            ("salt", "short"), ("capturedAt", "2026-3-1"), ("capturedAt", "2026-03-01T06:00:00.000Z"), ("size", -1),
            ("payload", "x"), ("note", "unknown"), ("via", .object([])), ("kind", "custody"), ("status", "200"),
            ("url", .null), ("format", 2),
        ].enumerated().map { number, field in
            ProofAttack("a signed detail with a false \(field.0), \(number)", "malformedDetail") {
                try $0.honest { log in
                    log.details[3] = try JSON(parsing: log.details[3]).setting(field.0, to: field.1).canonicalBytes
                }
            }
        } + [
            .init("the neighbour's detail", "wrongDetail") {
                $0.good.setting("capture", "detail", to: $0.second["capture"]?["detail"] ?? .null)
            },
            .init("a signed detail in another spelling", "malformedDetail") {
                try $0.honest { $0.details[3] += Array(" ".utf8) }
            },
            .init("a signed detail that is too large", "malformedDetail") {
                try $0.honest { log in
                    log.details[3] =
                        try JSON(parsing: log.details[3])
                        .setting("url", to: .string(String(repeating: "u", count: 65_536))).canonicalBytes
                }
            },
        ]

    static let payloads: [ProofAttack] = [
        .init("a letter of the payload", "wrongPayload") {
            $0.good.editing("payload", "text") { text in
                .string((text.string ?? "").replacingOccurrences(of: "Page", with: "Rage"))
            }
        },
        .init("a payload that looks the same", "wrongPayload") {
            $0.good.editing("payload", "text") { text in
                .string((text.string ?? "").replacingOccurrences(of: "a", with: "\u{430}"))
            }
        },
        .init("a payload cut short", "wrongPayload") {
            $0.good.editing("payload", "text") { .string(String($0.string?.dropLast() ?? "")) }
        },
        .init("more payload", "wrongPayload") {
            $0.good.editing("payload", "text") { .string(($0.string ?? "") + " ") }
        },
        .init("no bytes", "wrongPayload") { $0.good.setting("payload", to: ["text": ""]) },
        .init("the neighbour's payload", "wrongPayload") {
            $0.good.setting("payload", to: $0.second["payload"] ?? .null)
        },
        .init("the neighbour's whole entry", "wrongPayload") {
            $0.good.setting("capture", to: $0.second["capture"] ?? .null)
        },
        .init("a payload beside of another name", "wrongPayload") {
            $0.good.setting("payload", to: ["file": $0.good["capture"]?["path"]?.array?.first ?? .null])
        },
        .init("a payload beside that is missing", "missingPayload") { try $0.beside { _ in } },
        .init("a payload beside that is changed", "wrongPayload") { workshop in
            try workshop.beside { path in
                var bytes = ForgedLog.payload(3)
                bytes[4] ^= 1
                try workshop.machine.write(Data(bytes), to: path)
            }
        },
        .init("a payload beside that is longer", "wrongPayload") { workshop in
            try workshop.beside { try workshop.machine.write(Data(ForgedLog.payload(3) + [0]), to: $0) }
        },
        .init("a payload beside that is a folder", "wrongPayload") { workshop in
            try workshop.beside { path in
                try FileManager.default.createDirectory(
                    atPath: workshop.machine.path(path), withIntermediateDirectories: true)
            }
        },
        .init("a payload beside that is a pipe", "wrongPayload") { workshop in
            try workshop.beside { try workshop.machine.shell("mkfifo \($0)") }
        },
        .init("a signed size that is not the payload's", "wrongPayload") {
            try $0.honest { log in
                log.details[3] = try JSON(parsing: log.details[3]).setting("size", to: 3).canonicalBytes
            }
        },
    ]

    static let others: [ProofAttack] = [
        .init("headers that were never recorded", "wrongHeaders") { $0.good.setting("headers", to: ["text": "x"]) },
        .init("recorded headers left out", "wrongHeaders") {
            try $0.honest { log in
                let id = JSON.string(ObjectID(hashing: "x").description)
                log.details[3] = try JSON(parsing: log.details[3]).setting("headers", to: id).canonicalBytes
            }
        },
        .init("other headers", "wrongHeaders") {
            try $0.honest { log in
                let id = JSON.string(ObjectID(hashing: "x").description)
                log.details[3] = try JSON(parsing: log.details[3]).setting("headers", to: id).canonicalBytes
            }.setting("headers", to: ["text": "y"])
        },
        .init("a capture as a key change", "wrongKind") {
            $0.good.setting("keyChanges", to: [$0.good["capture"] ?? .null])
        },
        .init("a key change out of nowhere", "notInLog") { workshop in
            let change = try (workshop.second["capture"] ?? .null).editingText("line") { line in
                line.setting("kind", to: "keyChange")
            }
            return workshop.good.setting("keyChanges", to: [change])
        },
        .init("a timestamp that is none", "badTimestamp") { $0.good.setting("timestamp", to: "AAAA") },
        .init("an empty timestamp", "badTimestamp") { $0.good.setting("timestamp", to: "") },
    ]
}
