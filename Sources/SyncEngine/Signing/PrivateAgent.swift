internal import Glibc

/// An `ssh-agent` of our own that holds one key, for as long as this object lives.
///
/// OpenSSH reads the key file and asks for its passphrase, once, on the terminal or through `$SSH_ASKPASS`: neither the
/// passphrase nor the decrypted key is ever in this process, on a disk or on a command line.
final class PrivateAgent: Sendable {
    private let folder: String
    private let process: ChildProcess
    private let pid: pid_t
    private let agent: SSHAgent

    private init(folder: String, keyFile: String) throws(SyncError) {
        self.folder = folder
        let socket = folder + "/agent"
        do throws(ChildProcess.StartError) {
            // The agent lives as long as the program it starts, and that lives until our end of its pipe is closed: also when
            // this process is killed.
            process = try ChildProcess(
                ["ssh-agent", "-a", socket, "sh", "-c", "echo \"$SSH_AGENT_PID\"; exec cat"], isFed: true)
        } catch {
            throw .unusableKey(keyFile, "it needs ssh-agent, which cannot be started (\(error.reason))")
        }
        let line = process.read(limit: 64) { $0.contains(UInt8(ascii: "\n")) }
        guard let pid = pid_t(String(decoding: line, as: UTF8.self).trimmingSpaces()), pid > 1 else {
            throw .unusableKey(keyFile, "it needs ssh-agent, which did not start")
        }
        self.pid = pid
        agent = SSHAgent(socket: socket)
        let exit: Int32
        do throws(ChildProcess.StartError) {
            exit = try ChildProcess.run(
                ["ssh-add", "-q", "-k", "--", keyFile], changes: ["SSH_AUTH_SOCK": socket]
            ).exit
        } catch {
            throw .unusableKey(keyFile, "it needs ssh-add, which cannot be started (\(error.reason))")
        }
        guard exit == 0 else { throw .unusableKey(keyFile, "ssh-add could not open it") }
    }

    deinit {
        kill(pid, SIGTERM)
        Self.remove(folder)
    }

    private static func remove(_ folder: String) {
        unlink(folder + "/agent")
        rmdir(folder)
    }

    /// Opens a private key file of any kind that OpenSSH reads. May ask the user for a passphrase.
    static func identity(keyFile: String) throws(SyncError) -> AgentIdentity {
        let folder = try makeFolder(keyFile)
        let keeper: PrivateAgent
        do throws(SyncError) { keeper = try PrivateAgent(folder: folder, keyFile: keyFile) } catch {
            remove(folder)
            throw error
        }
        let held = try keeper.agent.identities()
        guard held.count == 1 else {
            throw .unusableKey(keyFile, "ssh-agent holds \(held.count) keys instead of it")
        }
        return AgentIdentity(agent: keeper.agent, publicKey: held[0].key, comment: held[0].comment, keeper: keeper)
    }

    /// A folder that nobody else can enter. The names of sockets are short.
    private static func makeFolder(_ keyFile: String) throws(SyncError) -> String {
        let names: [String] = ["XDG_RUNTIME_DIR", "TMPDIR"]
        let wanted: [String] = names.compactMap { name in
            guard let value = getenv(name) else { return nil }
            return String(cString: value)
        }
        let parent = wanted.first { $0.hasPrefix("/") && $0.utf8.count < 60 && access($0, W_OK) == 0 } ?? "/tmp"
        var template = Array("\(parent)/stet-agent-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw .unusableKey(keyFile, "no folder for an agent can be made in \(parent)")
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
