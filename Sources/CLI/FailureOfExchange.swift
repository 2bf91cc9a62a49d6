import Models
import Storage
import SyncEngine

/// The errors of snapshots, trust, keys and remotes, mapped as all others are.
extension Failure {
    init(_ error: SyncError) {
        switch error {
        case .distrust(let file, let reason): self.init(reason, about: file)
        case .damaged(let damage):
            self.init(
                "damaged", exit: 13, "damaged: \(damage)",
                "fetch that file again from where it came, or use another copy")
        case .noSnapshot(let path):
            self.init(
                "noSnapshot", exit: 66, "no snapshot in \(path)", "name a folder that holds 'manifests' and 'archive'")
        case .noSuchSnapshot(let number, let have):
            let some = have.map(String.init).joined(separator: ", ")
            self.init("noSuchSnapshot", exit: 66, "no snapshot \(number)", "there are: \(some)")
        case .noSuchOrigin(let text, let have):
            let some = have.map(\.short).joined(separator: ", ")
            self.init(
                "noSuchOrigin", exit: 64, "one origin must be named, and '\(text)' names none or several",
                "--origin one of: \(some)")
        case .noKey(let origin, let fingerprint, let folder):
            self.init(
                "noKey", exit: 12, "the key \(fingerprint) that signs for origin \(origin.short) is not in \(folder)",
                "put the key file there, load it into ssh-agent, or name it with --key FILE")
        case .unusableKey(let path, let reason):
            self.init(
                "unusableKey", exit: 65, "the key \(path) cannot be used: \(reason)", "name another with --key FILE")
        case .notAKey(let text):
            self.init(
                "notAKey", exit: 65, "'\(text)' is no OpenSSH public key",
                "give a .pub file, or its line in quotation marks")
        case .noSuchKey(let name, let folder):
            self.init(
                "noSuchKey", exit: 66, "there is no key file '\(name)', and no such key in \(folder) or in ssh-agent",
                "'stet key list' shows the keys at hand")
        case .badValidity(let reason):
            self.init("badValidity", exit: 64, reason, "'stet trust list' shows when each key is valid")
        case .noSuchTrust(let name):
            self.init("noSuchTrust", exit: 66, "nobody called '\(name)' is trusted", "'stet trust list' shows who is")
        case .lacksKeyToForget:
            self.init(
                "noKey", exit: 12, "bundles must be packed and signed anew, and the archive's key is not at hand",
                "name the key with --key FILE")
        case .lacksKeyToChoose:
            self.init(
                "noKey", exit: 12,
                "what is chosen must be packed and signed anew, and the archive's key is not at hand",
                "name the key with --key FILE, or push everything")
        case .notACertificate(let path, let reason):
            self.init(
                "notACertificate", exit: 65, "\(path) is no certificate: \(reason)",
                "give a certificate in PEM form, or take the file away")
        case .archive(let error): self.init(error)
        case .file(let error): self.init(error)
        case .remote(let address, let fault): self.init(fault, of: address)
        case .encryption(let file, let error): self.init(error, about: file)
        case .packing(let reason):
            self.init("io", exit: 74, "packing failed (\(reason))", "check the disk and try again")
        }
    }

    init(_ error: AgeError, about file: String) {
        switch error {
        case .noMatchingIdentity(let kinds):
            self.init(
                "noMatchingIdentity", exit: 12,
                "\(file) is encrypted, and no identity at hand opens it (it is for: \(kinds.joined(separator: ", ")))",
                "name the identity file with --identity, or ask its owner to encrypt to your key too")
        case .wrongPassphrase:
            self.init("wrongPassphrase", exit: 12, "that is not the passphrase of \(file)", "try again")
        case .needsPassphrase(let path):
            self.init(
                "needsPassphrase", exit: 12, "\(path) can only be read with its passphrase", "give its passphrase")
        case .changedHeader:
            self.init(
                "damaged", exit: 13, "\(file) was changed: the header does not fit its key",
                "fetch it again from its owner")
        case .badHeader(let reason):
            self.init("damaged", exit: 13, "\(file) is no whole age file: \(reason)", "fetch it again from its owner")
        case .badArmor(let reason):
            self.init(
                "damaged", exit: 13, "\(file) is no whole armored age file: \(reason)", "fetch it again from its owner")
        case .damaged(let chunk, let reason):
            self.init(
                "damaged", exit: 13, "\(file) is damaged in its chunk \(chunk): \(reason)",
                "fetch it again from its owner")
        case .unsupported(let what):
            self.init(
                "unsupported", exit: 65, "\(file): this version does not support \(what)", "use a newer one, or 'age'")
        case .badRecipient(let text, let reason):
            self.init(
                "badRecipient", exit: 65, "'\(text)' is no recipient: \(reason)",
                "give age1…, or an OpenSSH key of kind ssh-ed25519")
        case .badIdentity(let path, let reason):
            self.init(
                "badIdentity", exit: 65, "\(path.isEmpty ? file : path) is no identity: \(reason)",
                "give a file that age-keygen or ssh-keygen made")
        case .file(let error): self.init(error)
        }
    }

    private init(_ fault: RemoteFault, of address: String) {
        switch fault {
        case .unreachable(let reason):
            self.init(
                "unreachable", exit: 69, "\(address) cannot be reached: \(reason)",
                "nothing was lost: run the command again when it can, and it goes on where it stopped")
        case .refused(let reason):
            self.init(
                "refused", exit: 69, "\(address) does not allow it: \(reason)",
                "check the credentials and what they may do there")
        case .misbehaved(let reason):
            self.init(
                "misbehaved", exit: 69, "\(address) answered in a way that is not understood: \(reason)",
                "check that the address is that of a remote")
        case .misconfigured(let reason):
            self.init(
                "misconfigured", exit: 64, "\(address) cannot be used: \(reason)", "'stet help remote' has examples")
        case .readOnly:
            self.init(
                "readOnly", exit: 64, "\(address) can only be read", "push to a folder, a bucket or an ssh address")
        }
    }

    private init(_ distrust: Distrust, about file: String) {
        switch distrust {
        case .unsigned:
            self.init(
                "unsigned", exit: 12, "\(file) has no signature", "do not use it; ask its owner for the .sig file")
        case .badSignature:
            self.init(
                "badSignature", exit: 12,
                "the signature of \(file) is not valid: the file or its signature was changed",
                "do not use it; fetch both again from their owner")
        case .wrongNamespace(let found, let wanted):
            self.init(
                "wrongNamespace", exit: 12, "the signature of \(file) was made for '\(found)', not for '\(wanted)'",
                "do not use it; somebody may be passing one document off as another")
        case .weakKey(let fingerprint, let weakness):
            let code: String
            switch weakness {
            case .tooShort: code = "weakKey"
            case .tooLong, .unknownKind: code = "unsupportedKey"
            case .certificate: code = "certificate"
            }
            self.init(
                code, exit: 12, "the key \(fingerprint) that signed \(file) cannot be believed: \(weakness)",
                "ask its owner to sign with another key, e.g. Ed25519, and to tell you its fingerprint")
        case .weakSignature(let fingerprint, let algorithm):
            self.init(
                "weakSignature", exit: 12,
                "\(file) is signed by \(fingerprint) with \(algorithm), which can be forged",
                "ask its owner to sign again with rsa-sha2-512, which ssh-keygen does by itself")
        case .untouchedKey(let fingerprint):
            self.init(
                "untouchedKey", exit: 12,
                "\(file) is signed by the security key \(fingerprint) without anybody touching it",
                "do not use it; a program may have signed unnoticed. Ask its owner to sign again with a touch")
        case .unknownKey(let fingerprint, let name, let earlier):
            let claim = name.map { " (the remote calls it '\($0)', which proves nothing)" } ?? ""
            let known = earlier.map { "; an earlier snapshot is signed by \($0), which you trust" } ?? ""
            self.init(
                "unknownKey", exit: 12, "\(file) is signed by a key you do not trust: \(fingerprint)\(claim)\(known)",
                earlier == nil
                    ? "compare the fingerprint with its owner, then 'stet trust add KEYFILE'"
                    : "ask its owner whether the key was changed and compare the new fingerprint, then 'stet trust add KEYFILE'"
            )
        case .keyNotForThis(let fingerprint, let namespace):
            self.init(
                "keyNotForThis", exit: 12,
                "\(file) is signed by \(fingerprint), which you trust for other purposes, not for \(namespace)",
                "if it may, add \(namespace) to the namespaces in its line of allowed_signers, or 'stet trust add' it again"
            )
        case .keyNotYetValid(let fingerprint, let time, let from):
            self.init(
                "keyNotYetValid", exit: 12,
                "\(file) says it was signed at \(time), and you trust \(fingerprint) only from \(from) on",
                "ask its owner; 'stet trust list' shows when the key is valid")
        case .keyExpired(let fingerprint, let time, let until):
            self.init(
                "keyExpired", exit: 12,
                "\(file) says it was signed at \(time), and you trust \(fingerprint) only until \(until)",
                "ask its owner whether the key is still in use, then 'stet trust add' it for longer")
        case .keyRevoked(let fingerprint, let time, let until):
            self.init(
                "keyRevoked", exit: 12,
                "\(file) says it was signed at \(time), after \(fingerprint) was revoked as of \(until)",
                "do not use it; somebody who stole the key may have signed. Ask its owner for a snapshot signed by the new key"
            )
        case .notTheOriginsKey(let fingerprint, let origin):
            self.init(
                "notTheOriginsKey", exit: 12,
                "\(file) is signed by \(fingerprint), which may not sign for origin \(origin.short)",
                "do not use it; somebody you trust signed another archive's snapshot")
        case .formerKey(let fingerprint, let origin, let size):
            self.init(
                "formerKey", exit: 12,
                "\(file) is signed by \(fingerprint), which origin \(origin.short) had given up before it had \(size) records",
                "do not use it; whoever holds the old key may no longer sign. Ask the origin's owner")
        case .badKeyChange(let origin, let index, let reason):
            self.init(
                "badKeyChange", exit: 12,
                "\(file): record \(index) hands origin \(origin.short) over to another key without proof: \(reason)",
                "do not use it; somebody may have tried to take the archive over. Keep it as evidence and ask its owner"
            )
        case .rollback(let seen, let found):
            self.init(
                "rollback", exit: 12, "\(file) holds fewer records (\(found)) than were seen before (\(seen))",
                "do not use it; something that was recorded has been left out. Ask its owner for the newest copy")
        case .fork(let size):
            self.init(
                "fork", exit: 12, "\(file) does not continue the history known so far (at \(size) records)",
                "do not use it; keep it as evidence and ask its owner")
        case .copiedArchive(let number, let size):
            self.init(
                "fork", exit: 12,
                "\(file) is snapshot \(number) of this very archive (\(Printable.count(size, "record"))), and it was not made here: "
                    + "its folder was copied and used on two machines",
                "nothing is lost: 'stet restore REMOTE DIR' makes an archive with what is there, and 'stet adopt' in it, naming this "
                    + "folder, brings over what only this copy has")
        case .equivocation(let number, let evidence):
            self.init(
                "equivocation", exit: 12,
                "\(file): there are two different snapshots \(number), and both are signed: their signer has told two stories",
                "keep both, they prove it: \(evidence.joined(separator: " and "))")
        case .witnessedFork(let origin, let size, let witness):
            self.init(
                "witnessedFork", exit: 12,
                "\(witness) saw another history of origin \(origin.short) than the one here (at \(size) records)",
                "one of the two was rewritten, or shown to one side only; keep \(witness) and ask both owners")
        case .otherOrigin(let wanted, let found):
            self.init(
                "otherOrigin", exit: 12,
                "\(file) is of origin \(found.short) and stands in the place of \(wanted.short)",
                "do not use it; somebody may be passing one archive off as another. Fetch the whole remote again")
        case .malformed(let reason):
            self.init(
                "malformed", exit: 12, "\(file) is signed, but not what it must be: \(reason)",
                "do not use it; a newer stet may have made it, else ask its owner")
        case .mixed(let reason):
            self.init(
                "mixed", exit: 12, "\(file) is not what it must be: \(reason)",
                "do not use it; fetch the whole remote again")
        }
    }
}
