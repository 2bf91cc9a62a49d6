import Foundation
import Models
import Testing

/// Both verifiers, stet's own and the Python one, over proofs that are good and proofs that are not: they must agree on every one.
@Suite("What a proof's verifiers refuse")
struct ProofTamperingTests {
    private static let python = Machine.repository.appending(path: "scripts/verify-proof.py").path

    private func verdicts(
        _ machine: Machine, _ proof: Data, _ arguments: [String] = ["--key", "desk.pub"], name: String
    ) throws -> (stet: String, python: String, exits: [Int32]) {
        try machine.write(proof, to: "case/proof.json")
        let own = try machine.run(Machine.stet, ["verify-proof", "case/proof.json", "--json"] + arguments)
        let python = try machine.run(
            URL(filePath: "/usr/bin/env"), ["python3", Self.python, "case/proof.json"] + arguments)
        let code = own.exit == 0 ? "ok" : try JSON(parsing: Array(own.errors.utf8))["error"]?["code"]?.string
        let other = try JSON.lenient(python.text)
        return (code ?? "crash", other ?? "crash: \(python.errors)", [own.exit, python.exit])
    }

    @Test(
        "good proofs pass both: of every record, of trees of many sizes, with text, bytes and headers, with either hash"
    )
    func good() throws {
        let machine = try Machine()
        var log = try ForgedLog(machine, key: "desk", captures: 9)
        let odd: [UInt8] = [0xFF, 0x00, 0xC3]
        let headers = Array("HTTP/1.1 200 OK\r\nX: \u{7F}\r\n\r\n".utf8)
        log.details[2] = ForgedLog.capture(2, payload: odd).canonicalBytes
        log.details[3] =
            ForgedLog.capture(3, payload: ForgedLog.payload(3))
            .setting("headers", to: .string(ObjectID(hashing: headers).description)).setting("status", to: 200)
            .canonicalBytes
        log.details[4] = ForgedLog.capture(4, payload: []).canonicalBytes
        var proofs: [JSON] = []
        for (index, size) in [(1, 2), (1, 3), (5, 6), (5, 7), (6, 8), (7, 8), (8, 9), (9, 10)] {
            proofs.append(try log.proof(of: index, size: size))
        }
        proofs.append(try log.proof(of: 2, payload: ["base64": .string(Data(odd).base64EncodedString())]))
        proofs.append(try log.proof(of: 3, headers: ["text": .string(String(decoding: headers, as: UTF8.self))]))
        proofs.append(try log.proof(of: 4, payload: ["text": ""]))
        for (number, proof) in proofs.enumerated() {
            let found = try verdicts(machine, Data(proof.canonicalBytes + [0x0A]), name: "good \(number)")
            #expect(found.stet == "ok" && found.python == "ok" && found.exits == [0, 0], "\(number): \(found)")
        }
    }

    @Test("every tampered proof is refused by both, with the same code")
    func tampered() throws {
        let workshop = try ProofWorkshop()
        let rows = ProofAttacks.all
        try #require(rows.count >= 100)
        #expect(Set(rows.map(\.name)).count == rows.count)
        let distrust: Set = [
            "badSignature", "wrongNamespace", "malformedManifest", "wrongGenesis", "otherOrigin", "notInLog",
            "notTheOriginsKey", "badKeyChange", "badTimestamp",
        ]
        var seen: Set<String> = []
        for row in rows {
            let proof = try row.make(workshop)
            let found = try verdicts(workshop.machine, proof, name: row.name)
            let exit: Int32 = distrust.contains(row.code) ? 12 : 13
            #expect(
                found.stet == row.code && found.python == row.code && found.exits == [exit, exit],
                "\(row.name), wanted \(row.code): \(found)")
            seen.insert(row.code)
            try? FileManager.default.removeItem(atPath: workshop.machine.path("case"))
        }
        // Every refusal has been seen at least once.
        #expect(seen.count == 16, "\(seen.sorted())")
    }

    @Test("a log that was handed over to another key is proven with the change, and with nothing less")
    func changes() throws {
        let machine = try Machine()
        let next = try ForgedLog(machine, key: "next")
        let third = try ForgedLog(machine, key: "third")
        let hash = JSON.string(String(repeating: "a", count: 64))
        func proof(_ signer: String, _ edit: (JSON) throws -> JSON = { $0 }) throws -> JSON {
            var log = try ForgedLog(machine, key: "desk")
            try log.change(to: next, edit: edit)
            return try log.changedProof(of: 3, signedBy: signer)
        }
        let good = try proof("next")
        let rows: [(String, JSON, String)] = [
            ("ok", good, "the change"), ("notTheOriginsKey", try proof("desk"), "signed by the key that was given up"),
            ("notTheOriginsKey", try proof("third"), "signed by somebody else"),
            ("notTheOriginsKey", good.setting("keyChanges", to: []), "the change left out"),
            ("malformedProof", good.editing("keyChanges") { .array(($0.array ?? []) + ($0.array ?? [])) }, "twice"),
            (
                "wrongDetail", try good.editingText("keyChanges", "0", "detail") { $0.setting("tool", to: "x") },
                "edited"
            ),
            ("badKeyChange", try proof("next") { $0.setting("previous", to: $0["key"] ?? .null) }, "of another key"),
            (
                "badKeyChange", try proof("next") { $0.setting("signedByPrevious", to: $0["signedByKey"] ?? .null) },
                "not authorised"
            ),
            (
                "badKeyChange", try proof("next") { $0.setting("signedByKey", to: $0["signedByPrevious"] ?? .null) },
                "not agreed to"
            ),
            ("badKeyChange", try proof("next") { $0.setting("signedByKey", to: "") }, "not signed"),
            (
                "badKeyChange",
                try proof("third") { try $0.setting("key", to: JSON(parsing: third.details[0])["key"] ?? .null) },
                "to another key"
            ),
            ("malformedDetail", try proof("next") { $0.setting("note", to: hash) }, "with a member more"),
        ]
        for (code, proof, name) in rows {
            let found = try verdicts(machine, Data(proof.canonicalBytes + [0x0A]), ["--key", "next.pub"], name: name)
            #expect(found.stet == code && found.python == code, "\(name), wanted \(code): \(found)")
        }
    }

    @Test("of bytes changed at random, both verifiers say the same, and believe none")
    func random() throws {
        let machine = try Machine()
        let good = try ForgedLog(machine, key: "desk").proof(of: 3).canonicalBytes + [0x0A]
        var random = Steady(seed: 20_261_121)
        for round in 0..<60 {
            var bytes = good
            let at = Int(random.next() % UInt64(bytes.count))
            switch round % 3 {
            case 0: bytes[at] ^= UInt8(1 << (random.next() % 8))
            case 1: bytes.remove(at: at)
            default: bytes.insert(bytes[Int(random.next() % UInt64(bytes.count))], at: at)
            }
            guard bytes != good else { continue }
            let found = try verdicts(machine, Data(bytes), name: "round \(round)")
            #expect(found.stet == found.python && found.stet != "ok", "round \(round), at \(at): \(found)")
            #expect(found.exits[0] == found.exits[1] && [12, 13].contains(found.exits[0]))
        }
    }

    @Test("the committed proof, made by the first version that could, is still believed by both")
    func golden() throws {
        let machine = try Machine()
        let vectors = Machine.repository.appending(path: "Tests/Vectors/proof.json")
        let key = Machine.repository.appending(path: "scripts/sample/sample.pub").path
        let found = try verdicts(machine, try Data(contentsOf: vectors), ["--key", key], name: "golden")
        #expect(found.stet == "ok" && found.python == "ok" && found.exits == [0, 0], "\(found)")
    }

    @Test("a sound proof of somebody else is told apart: another key, an unknown one, one not valid then")
    func strangers() throws {
        let machine = try Machine()
        let proof = Data(try ForgedLog(machine, key: "stranger").proof(of: 1).canonicalBytes + [0x0A])
        _ = try ForgedLog(machine, key: "desk")
        let key = String(decoding: try machine.read("stranger.pub"), as: UTF8.self).split(separator: " ").prefix(2)
            .joined(separator: " ")
        func verdict(_ arguments: [String], _ signers: String?) throws -> (String, String, [Int32]) {
            try machine.write(signers ?? "", to: "home/.config/stet/allowed_signers")
            try machine.write(proof, to: "proof.json")
            let own = try machine.run(Machine.stet, ["verify-proof", "proof.json", "--json"] + arguments)
            let file = signers == nil ? [] : ["--signers", "home/.config/stet/allowed_signers"]
            let python = try machine.run(
                URL(filePath: "/usr/bin/env"), ["python3", Self.python, "proof.json"] + file + arguments)
            let code = own.exit == 0 ? "ok" : try JSON(parsing: Array(own.errors.utf8))["error"]?["code"]?.string ?? ""
            return (code, try JSON.lenient(python.text) ?? python.errors, [own.exit, python.exit])
        }
        let rows: [(arguments: [String], signers: String?, code: String)] = [
            (["--key", "stranger.pub"], nil, "ok"), (["--key", "desk.pub"], nil, "otherKey"), ([], nil, "unknownKey"),
            ([], "ruth \(key)\n", "ok"), ([], "ruth namespaces=\"stet-manifest\" \(key)\n", "ok"),
            ([], "ruth namespaces=\"stet-bundle\" \(key)\n", "keyNotForThis"),
            ([], "ruth valid-before=\"20260301Z\" \(key)\n", "keyExpired"),
            ([], "ruth valid-after=\"20260302Z\" \(key)\n", "keyNotYetValid"),
            ([], "ruth valid-after=\"20260301Z\",valid-before=\"20260302Z\" \(key)\n", "ok"),
        ]
        for row in rows {
            let found = try verdict(row.arguments, row.signers)
            let exit: Int32 = row.code == "ok" ? 0 : 12
            // ssh-keygen names no reason.
            let isSame = found.1 == (row.code.hasPrefix("key") ? "keyNotValidThen" : row.code)
            #expect(found.0 == row.code && isSame && found.2 == [exit, exit], "\(row): \(found)")
        }
    }
}

extension JSON {
    /// The `code` in what another program printed, which is not this project's canonical form.
    static func lenient(_ text: String) throws -> String? {
        let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return object?["code"] as? String
    }
}

/// Numbers that are the same in every run, so that a failure can be seen again.
private struct Steady: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
