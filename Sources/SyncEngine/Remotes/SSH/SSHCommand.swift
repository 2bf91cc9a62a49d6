internal import Glibc

/// How ssh is called.
///
/// It is the `ssh` of the system, with the user's configuration, keys, agent and known hosts. The variable `STET_SSH_COMMAND` may
/// name another command with arguments of its own, as the shell reads them, e.g. `ssh -F other-config`; its options come before ours
/// and so count more.
package struct SSHCommand: Sendable {
    private let words: [String]

    /// - Parameter custom: a command for the shell; nil or empty for plain `ssh`.
    package init(custom: String? = nil) {
        if let custom, !custom.allSatisfy(\.isWhitespace) {
            // What is appended are arguments, never text that the shell reads.
            words = ["sh", "-c", "exec \(custom) \"$@\"", "sh"]
        } else {
            words = ["ssh"]
        }
    }

    /// As the environment has it.
    package static var ofEnvironment: SSHCommand {
        SSHCommand(custom: getenv("STET_SSH_COMMAND").map { String(cString: $0) })
    }

    /// The call that prints the configuration that holds for this address.
    func question(_ address: SSHAddress) -> [String] { words + ["-G"] + destination(address) }

    /// The call that speaks SFTP on its standard input and output.
    ///
    /// - Parameters:
    ///   - configured: what `question` printed. Time limits are ours only where the user has set none.
    ///   - canAsk: whether somebody sits at a terminal who can be asked for a passphrase.
    func session(_ address: SSHAddress, configured: String, canAsk: Bool) -> [String] {
        var options = [
            "ControlMaster=no", "ForwardAgent=no", "ForwardX11=no", "ClearAllForwardings=yes", "PermitLocalCommand=no",
            "RemoteCommand=none",
        ]
        if !canAsk { options.append("BatchMode=yes") }
        let settings = Self.settings(configured)
        if settings["serveraliveinterval", default: "0"] == "0" { options.append("ServerAliveInterval=15") }
        if settings["connecttimeout", default: "none"] == "none" { options.append("ConnectTimeout=30") }
        return words + ["-T"] + options.flatMap { ["-o", $0] } + ["-s"] + destination(address) + ["sftp"]
    }

    private func destination(_ address: SSHAddress) -> [String] {
        let user = address.user.map { ["-l", $0] } ?? []
        let port = address.port.map { ["-p", String($0)] } ?? []
        return user + port + ["--", address.host]
    }

    private static func settings(_ text: String) -> [String: String] {
        var settings: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: " ", maxSplits: 1)
            if parts.count == 2 { settings[parts[0].lowercased()] = String(parts[1]) }
        }
        return settings
    }

    /// Whether ssh can ask: on the terminal, or with a program that the user named for that.
    static var canAsk: Bool {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        if terminal >= 0 {
            close(terminal)
            return true
        }
        let isForced = getenv("SSH_ASKPASS_REQUIRE").map { String(cString: $0) == "force" } ?? false
        return getenv("SSH_ASKPASS") != nil && (isForced || getenv("DISPLAY") != nil)
    }
}
