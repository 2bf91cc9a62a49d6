import ArgumentParser
import Models
import Storage
import SyncEngine

struct VerifyProof: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-proof",
        abstract: "Checks a proof with nothing else at hand, and says what it proves and what not.",
        discussion: """
            Who signed must be the key in --key, or one that you trust ('stet trust add'). With neither, what holds is printed with the \
            key's fingerprint, and the command exits with 12: compare the fingerprint with its owner.

            Example:
              stet verify-proof quay.json --key desk.pub
            """)

    @Argument(help: "The proof. A payload that is not in it is looked for in the same folder.")
    var file: String

    @Option(help: ArgumentHelp("The public key file that must have signed.", valueName: "keyfile"))
    var key: String?

    @Option(
        name: .customLong("tsa-ca"),
        help: ArgumentHelp("A certificate (PEM) to trust for time, for this run alone.", valueName: "file"))
    var tsaCA: [String] = []

    @Option(help: ArgumentHelp("Write the payload there.", valueName: "file"))
    var extract: String?

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let path = Environment.absolute(file)
        let proven = try ProofVerifier(authorities: try Environment.authorities(tsaCA))
            .check(try Self.read(path), folder: Files.folder(of: path))
        let console = options.console
        let verdict = try verdict(on: proven)
        let failure = verdict.failure(about: file, proven)
        console.print(
            ProofReport.text(proven, signer: verdict.principal),
            json: ProofReport.json(proven, signer: verdict.principal, isTrusted: failure == nil))
        console.summary(
            failure == nil
                ? "the proof holds, and you trust its signer"
                : "the proof holds together, but its signer is nobody you have said you trust",
            json: ["proofs": 1, "trusted": .bool(failure == nil)])
        if let failure { throw failure }
        // What is not believed is not handed out as if it were.
        if let extract { try write(proven, path, to: Environment.absolute(extract)) }
    }

    /// What becomes of a file that is larger than any proof is told by the verifier.
    private static func read(_ path: String) throws -> [UInt8] {
        guard Files.isRegular(path) || !Files.exists(path) else {
            throw Failure("notAProof", exit: 65, "\(path) is no file", "name the proof itself")
        }
        let file = try OpenFile(reading: path)
        return try file.read(min(try file.size(), Proof.largest + 1), at: 0)
    }

    private enum Verdict {
        case trusted(principal: String)
        case otherKey(wanted: PublicKey)
        case distrusted(Distrust)

        var principal: String? {
            if case .trusted(let principal) = self { return principal }
            return nil
        }

        func failure(about file: String, _ proven: ProvenCapture) -> Failure? {
            let fingerprint = proven.signer.fingerprint
            switch self {
            case .trusted: return nil
            case .otherKey(let wanted): return .otherKey(file, found: fingerprint, wanted: wanted.fingerprint)
            case .distrusted(let reason): return Failure(SyncError.distrust(file: file, reason))
            }
        }
    }

    private func verdict(on proven: ProvenCapture) throws -> Verdict {
        if let key {
            let (wanted, principal) = try KeyArgument.read(key)
            return wanted == proven.signer ? .trusted(principal: principal) : .otherKey(wanted: wanted)
        }
        switch proven.standing(in: try Environment.trust().signers()) {
        case .trusted(let principal): return .trusted(principal: principal)
        case .distrusted(let reason): return .distrusted(reason)
        }
    }

    private func write(_ proven: ProvenCapture, _ proof: String, to path: String) throws {
        if let payload = proven.payload {
            try Files.write(payload, to: path)
            return
        }
        let source = try OpenFile(reading: "\(Files.folder(of: proof))/\(proven.detail.payload)")
        let temporary = Files.temporaryName(beside: path)
        do {
            let target = try OpenFile(creating: temporary)
            var hasher = Hasher256()
            while true {
                let part = try source.readNext(1 << 20)
                if part.isEmpty { break }
                hasher.update(part)
                try target.write(part)
            }
            // It was checked before; but between the two readings it may have been changed.
            guard hasher.finish() == proven.detail.payload else {
                throw ProofError.refused(ProofFault(changed: proven.detail.payload))
            }
            try target.sync()
            try Files.rename(temporary, to: path)
        } catch {
            try Files.remove(temporary)
            throw error
        }
    }
}
