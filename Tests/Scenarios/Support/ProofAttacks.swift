import Foundation
import Models
import Testing

/// What there is to tamper with: a log, a later state of it, somebody else's, and an attacker's key.
final class ProofWorkshop: Sendable {
    let machine: Machine
    /// Capture 3 of 7 lines.
    let good: JSON
    let second: JSON
    let later: JSON
    let stranger: JSON
    /// Another log of the same key.
    let sibling: JSON

    init() throws {
        machine = try Machine()
        let log = try ForgedLog(machine, key: "desk")
        good = try log.proof(of: 3)
        second = try log.proof(of: 4)
        var longer = log
        longer.details.append(ForgedLog.capture(7, payload: ForgedLog.payload(7)).canonicalBytes)
        later = try longer.proof(of: 3)
        stranger = try ForgedLog(machine, key: "stranger").proof(of: 3)
        var other = log
        other.details[0] = try JSON(parsing: log.details[0]).setting("salt", to: ForgedLog.salt(9)).canonicalBytes
        sibling = try other.proof(of: 3)
    }

    var log: ForgedLog { get throws { try ForgedLog(machine, key: "desk") } }

    /// The manifest changed, and signed anew by whoever has `key`.
    func resigned(
        _ key: String, namespace: String = "stet-manifest", _ change: (JSON) -> JSON = { $0 }
    ) throws -> JSON {
        let manifest = try JSON(parsing: Array((good["manifest"]?["text"]?.string ?? "").utf8))
        return good.setting(
            "manifest",
            to: try log.signed(change(manifest).canonicalBytes + [0x0A], key: key, namespace: namespace))
    }

    /// A log in which every hash fits, but one detail or line is not what it must be.
    func honest(_ change: (inout ForgedLog) throws -> Void) throws -> JSON {
        var log = try self.log
        try change(&log)
        return try log.proof(of: 3)
    }

    /// A payload beside the proof.
    func beside(_ place: (String) throws -> Void) throws -> JSON {
        let id = ObjectID(hashing: ForgedLog.payload(3)).description
        try FileManager.default.createDirectory(atPath: machine.path("case"), withIntermediateDirectories: true)
        try place("case/\(id)")
        return good.setting("payload", to: ["file": .string(id)])
    }
}

/// One way to tamper with a proof, and what verifiers must call it.
struct ProofAttack: Sendable {
    let name: String
    let code: String
    let make: @Sendable (ProofWorkshop) throws -> Data

    /// The document changed, in its canonical spelling.
    init(_ name: String, _ code: String, _ change: @escaping @Sendable (ProofWorkshop) throws -> JSON) {
        self.name = name
        self.code = code
        make = { Data(try change($0).canonicalBytes + [0x0A]) }
    }

    /// The bytes of the good proof changed.
    init(bytes name: String, _ change: @escaping @Sendable (inout Data) -> Void) {
        self.name = name
        code = "malformedProof"
        make = { workshop in
            var data = Data(workshop.good.canonicalBytes + [0x0A])
            let before = data
            change(&data)
            try #require(data != before, "\(name) changes nothing")
            return data
        }
    }

    /// The first occurrence of some text replaced.
    init(text name: String, _ from: String, _ to: String) {
        self.init(bytes: name) { data in
            if let range = data.range(of: Data(from.utf8)) { data.replaceSubrange(range, with: Data(to.utf8)) }
        }
    }
}

enum ProofAttacks {
    static let all = spelling + members + signatures + manifests + genesis + lines + paths + details + payloads + others

    static let spelling: [ProofAttack] = [
        .init(bytes: "no newline") { $0.removeLast() },
        .init(bytes: "two newlines") { $0.append(0x0A) },
        .init(bytes: "a byte order mark") { $0 = Data([0xEF, 0xBB, 0xBF]) + $0 },
        .init(bytes: "a space before") { $0 = Data([0x20]) + $0 },
        .init(bytes: "nothing") { $0 = Data() },
        .init(bytes: "a newline alone") { $0 = Data([0x0A]) },
        .init(bytes: "cut in half") { $0 = $0.prefix($0.count / 2) },
        .init(bytes: "something after it") { $0 = $0.dropLast() + Data("{}\n".utf8) },
        .init(bytes: "a zero byte after it") { $0 = $0.dropLast() + Data([0x00, 0x0A]) },
        .init(bytes: "a list around it") { $0 = Data("[".utf8) + $0.dropLast() + Data("]\n".utf8) },
        .init(bytes: "deep nesting") { $0 = Data(String(repeating: "[", count: 200_000).utf8) + Data([0x0A]) },
        .init(bytes: "deep nesting, closed") {
            $0 = Data((String(repeating: "[", count: 65) + String(repeating: "]", count: 65) + "\n").utf8)
        },
        .init(bytes: "millions of values") {
            $0 = Data(("{\"format\":[1" + String(repeating: ",1", count: 4_000_000) + "]}\n").utf8)
        },
        .init(bytes: "larger than any proof") { $0.append(Data(repeating: 0x0A, count: 134_217_729 - $0.count)) },
        .init(bytes: "a byte that is no UTF-8") { $0[$0.count / 2] = 0xFF },
        .init(text: "a space after a colon", "\"format\":1", "\"format\": 1"),
        .init(text: "a name twice", "\"genesis\":", "\"format\":1,\"genesis\":"),
        .init(text: "a name twice, escaped once", "\"genesis\":", "\"form\\u0061t\":1,\"genesis\":"),
        .init(text: "a name escaped", "\"genesis\":", "\"g\\u0065nesis\":"),
        .init(text: "a fraction", "\"format\":1,\"gen", "\"format\":1.0,\"gen"),
        .init(text: "an exponent", "\"format\":1,\"gen", "\"format\":1e0,\"gen"),
        .init(text: "a leading zero", "\"format\":1,\"gen", "\"format\":01,\"gen"),
        .init(text: "a number too large", "\"format\":1,\"gen", "\"format\":9007199254740993,\"gen"),
        .init(
            text: "a number far too large", "\"format\":1,\"gen",
            "\"format\":\(String(repeating: "1", count: 6000)),\"gen"),
        .init(text: "no number", "\"format\":1,\"gen", "\"format\":NaN,\"gen"),
        .init(text: "a slash escaped", "</p>", "<\\/p>"),
        .init(text: "a control spelled in capitals", "\\u0001", "\\u0001\\u001F"),
        .init(text: "half a surrogate", "<p>", "<p>\\ud800"),
        .init(text: "members out of order", "\"format\":1,\"genesis\":", "\"genesis\":"),
        .init(text: "a comment", "{\"capture\"", "/**/{\"capture\""),
        .init(text: "a comma too many", "\"keyChanges\":[]", "\"keyChanges\":[],"),
    ]

    static let members: [ProofAttack] = [
        .init("another format", "malformedProof") { $0.good.setting("format", to: 2) },
        .init("another kind", "malformedProof") { $0.good.setting("kind", to: "proofs") },
        .init("an unknown member", "malformedProof") { $0.good.setting("note", to: "x") },
        .init("an unknown member of an entry", "malformedProof") { $0.good.setting("capture", "note", to: "x") },
        .init("an unknown member of the manifest", "malformedProof") { $0.good.setting("manifest", "note", to: 1) },
        .init("no payload", "malformedProof") { $0.good.editing("payload") { _ in nil } },
        .init("no key changes", "malformedProof") { $0.good.editing("keyChanges") { _ in nil } },
        .init("headers that are null", "malformedProof") { $0.good.setting("headers", to: .null) },
        .init("headers beside", "malformedProof") {
            $0.good.setting("headers", to: ["file": $0.good["capture"]?["path"]?.array?.first ?? .null])
        },
        .init("key changes that are an object", "malformedProof") { $0.good.setting("keyChanges", to: .object([])) },
        .init("a path in capitals", "malformedProof") {
            $0.good.editing("capture", "path", "0") { .string($0.string?.uppercased() ?? "") }
        },
        .init("a path of other lengths", "malformedProof") {
            $0.good.editing("capture", "path", "0") { .string(String($0.string?.dropLast() ?? "")) }
        },
        .init("a path that is too long", "malformedProof") {
            $0.good.editing("capture", "path") { path in
                .array(Array(repeating: path.array?.first ?? .null, count: 64))
            }
        },
        .init("a path of numbers", "malformedProof") { $0.good.setting("capture", "path", "0", to: 1) },
        .init("text as base64", "malformedProof") {
            let text = Data(ForgedLog.payload(3)).base64EncodedString()
            return $0.good.setting("payload", to: ["base64": .string(text)])
        },
        .init("base64 without padding", "malformedProof") { $0.good.setting("payload", to: ["base64": "/w"]) },
        .init("base64 with bits left", "malformedProof") { $0.good.setting("payload", to: ["base64": "/x=="]) },
        .init("base64 with a line end", "malformedProof") { $0.good.setting("payload", to: ["base64": "/w==\n"]) },
        .init("two contents", "malformedProof") { $0.good.setting("payload", "base64", to: "/w==") },
        .init("no content", "malformedProof") { $0.good.setting("payload", to: .object([])) },
        .init("a payload out of the folder", "malformedProof") {
            $0.good.setting("payload", to: ["file": "../../etc/passwd"])
        },
        .init("a timestamp that is no base64", "malformedProof") { $0.good.setting("timestamp", to: "?") },
    ]

    static let signatures: [ProofAttack] = [
        .init("no signature", "badSignature") { $0.good.setting("manifest", "signature", to: "") },
        .init("half a signature", "badSignature") {
            $0.good.editing("manifest", "signature") { .string(String($0.string?.prefix(150) ?? "")) }
        },
        .init("other line ends", "badSignature") {
            $0.good.editing("manifest", "signature") { text in
                .string((text.string ?? "").replacingOccurrences(of: "\n", with: "\r\n"))
            }
        },
        .init("a line more", "badSignature") {
            $0.good.editing("manifest", "signature") { .string(($0.string ?? "") + "\n") }
        },
        .init("a flipped bit", "badSignature") {
            $0.good.editing("manifest", "signature") { text in
                var lines = (text.string ?? "").split(separator: "\n", omittingEmptySubsequences: false)
                let line = lines[3]
                lines[3] = (line.hasPrefix("A") ? "B" : "A") + line.dropFirst()
                return .string(lines.joined(separator: "\n"))
            }
        },
        .init("the signature of a later snapshot", "badSignature") {
            $0.good.setting("manifest", "signature", to: $0.later["manifest"]?["signature"] ?? .null)
        },
        .init("somebody else's signature", "badSignature") {
            $0.good.setting("manifest", "signature", to: $0.stranger["manifest"]?["signature"] ?? .null)
        },
        .init("the manifest of a later snapshot", "badSignature") {
            $0.good.setting("manifest", "text", to: $0.later["manifest"]?["text"] ?? .null)
        },
        .init("a packing list's namespace", "wrongNamespace") { try $0.resigned("desk", namespace: "stet-bundle") },
        .init("another program's namespace", "wrongNamespace") { try $0.resigned("desk", namespace: "file") },
        .init("signed by somebody else", "notTheOriginsKey") { try $0.resigned("stranger") },
    ]

    static let manifests: [ProofAttack] =
        [
            ("name", "other"), ("number", 2), ("created", "2020-01-01T00:00:00Z"), ("message", "x"), ("format", 2),
            ("origin", .string(String(repeating: "a", count: 64))), ("counts", ["captures": 1]), ("heads", [1]),
        ].map { (name: String, value: JSON) in
            ProofAttack("the manifest's \(name)", "badSignature") {
                try $0.good.editingText("manifest", "text") { $0.setting(name, to: value) }
            }
        } + [
            .init("the manifest's size", "badSignature") {
                try $0.good.editingText("manifest", "text") { $0.setting("log", "size", to: 8) }
            },
            .init("the manifest's root", "badSignature") {
                try $0.good.editingText("manifest", "text") { manifest in
                    manifest.setting("log", "root", to: manifest["origin"] ?? .null)
                }
            },
            .init("the manifest without its newline", "badSignature") {
                $0.good.editing("manifest", "text") { .string(String($0.string?.dropLast() ?? "")) }
            },
            .init("a signed manifest with a member more", "malformedManifest") {
                try $0.resigned("desk") { $0.setting("note", to: "x") }
            },
            .init("a signed manifest of no number", "malformedManifest") {
                try $0.resigned("desk") { $0.setting("number", to: 0) }
            },
            .init("a signed manifest without its predecessor", "malformedManifest") {
                try $0.resigned("desk") { $0.setting("number", to: 2) }
            },
            .init("a signed manifest of an impossible time", "malformedManifest") {
                try $0.resigned("desk") { $0.setting("created", to: "2026-02-30T00:00:00Z") }
            },
            .init("a signed manifest of more captures than lines", "malformedManifest") {
                try $0.resigned("desk") { $0.setting("counts", "captures", to: 7) }
            },
            .init("a signed manifest that is its own witness", "malformedManifest") {
                try $0.resigned("desk") { manifest in
                    manifest.setting(
                        "heads",
                        to: [
                            [
                                "origin": manifest["origin"] ?? .null, "size": 1,
                                "root": manifest["origin"] ?? .null,
                            ]
                        ])
                }
            },
            .init("a signed manifest of another size", "notInLog") {
                try $0.resigned("desk") { $0.setting("log", "size", to: 9) }
            },
            .init("a signed manifest of another root", "notInLog") {
                try $0.resigned("desk") { manifest in
                    manifest.setting("log", "root", to: manifest["origin"] ?? .null)
                }
            },
            .init("a stranger's manifest with another root", "notInLog") {
                try $0.resigned("stranger") { manifest in
                    manifest.setting("log", "root", to: manifest["origin"] ?? .null)
                }
            },
            .init("the manifest of another log", "wrongGenesis") {
                $0.good.setting("manifest", to: $0.sibling["manifest"] ?? .null)
            },
        ]
}
