import Foundation
import Testing

/// Lets the real binary die, or the disk be full, at a chosen one of its calls that change files: the exact moment is a number, so a failure
/// can be seen again.
///
/// It is a small library that the loader puts before the system's own calls. Needs a C compiler, which comes with Swift.
final class Faults: Sendable {
    enum Kind: String, Sendable {
        /// SIGKILL instead of the call; of a write, half is done before.
        case kill
        /// No space from that call on, for whatever makes files longer.
        case full
    }

    static let isThere =
        (try? Machine().shell("command -v cc || command -v clang").exit) == 0
    static let reason: Comment = "there is no C compiler to make the faults with"

    private let machine: Machine
    private let library: String

    init(_ machine: Machine) throws {
        self.machine = machine
        library = machine.path("faults.so")
        try machine.write(Self.source, to: "faults.c")
        let run = try machine.shell(
            "$(command -v cc || command -v clang) -shared -fPIC -O1 -w faults.c -o faults.so -ldl")
        try #require(run.exit == 0, "\(run.errors)")
    }

    /// How many such calls an undisturbed run makes.
    func calls(_ arguments: [String]) throws -> Int {
        let run = try machine.run(
            Machine.stet, arguments, environment: ["LD_PRELOAD": library, "FAULT_COUNT": machine.path("faults.count")])
        try #require(run.exit == 0, "\(run.errors)")
        return try #require(
            Int(try machine.shell("cat faults.count").text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    func run(
        _ arguments: [String], _ kind: Kind, at call: Int, environment: [String: String] = [:]
    ) throws -> Machine.Run {
        try machine.run(
            Machine.stet, arguments,
            environment: ["LD_PRELOAD": library, "FAULT_AT": String(call), "FAULT_KIND": kind.rawValue]
                .merging(environment) { $1 })
    }

    private static let source = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <signal.h>
        #include <stdatomic.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/stat.h>
        #include <sys/syscall.h>
        #include <unistd.h>
        static atomic_long calls;
        static long at;
        static int full;
        __attribute__((constructor)) static void begin(void) {
            const char *text = getenv("FAULT_AT"), *kind = getenv("FAULT_KIND");
            at = text ? atol(text) : 0;
            full = kind && !strcmp(kind, "full");
            unsetenv("LD_PRELOAD");
        }
        __attribute__((destructor)) static void end(void) {
            const char *file = getenv("FAULT_COUNT");
            if (!file) return;
            char text[32];
            int length = snprintf(text, sizeof text, "%ld", atomic_load(&calls));
            int out = syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_TRUNC, 0644);
            syscall(SYS_write, out, text, length);
        }
        static int isDue(void) {
            long call = atomic_fetch_add(&calls, 1) + 1;
            return at > 0 && (full ? call >= at : call == at);
        }
        static void die(void) { syscall(SYS_kill, getpid(), SIGKILL); for (;;) pause(); }
        #define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
        ssize_t write(int file, const void *bytes, size_t count) {
            if (file > 2 && isDue()) {
                if (full) { errno = ENOSPC; return -1; }
                syscall(SYS_write, file, bytes, count / 2);
                die();
            }
            return syscall(SYS_write, file, bytes, count);
        }
        static ssize_t placed(int file, const void *bytes, size_t count, off_t offset) {
            if (isDue()) {
                if (full) { errno = ENOSPC; return -1; }
                syscall(SYS_pwrite64, file, bytes, count / 2, offset);
                die();
            }
            return syscall(SYS_pwrite64, file, bytes, count, offset);
        }
        ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) { return placed(file, bytes, count, offset); }
        ssize_t pwrite64(int file, const void *bytes, size_t count, off_t offset) { return placed(file, bytes, count, offset); }
        #define CHECKED if (!full && isDue()) die();
        int fsync(int file) { CHECKED return syscall(SYS_fsync, file); }
        int fdatasync(int file) { CHECKED return syscall(SYS_fdatasync, file); }
        int rename(const char *from, const char *to) { CHECKED return REAL(rename)(from, to); }
        int unlink(const char *path) { CHECKED return REAL(unlink)(path); }
        int ftruncate(int file, off_t length) { CHECKED return syscall(SYS_ftruncate, file, length); }
        int ftruncate64(int file, off_t length) { CHECKED return syscall(SYS_ftruncate, file, length); }
        int mkdir(const char *path, mode_t mode) { CHECKED return REAL(mkdir)(path, mode); }
        """
}

/// Numbers that come out the same for one seed: `STET_TEST_SEED`, else another one each time. Tests name it when they fail.
struct Chance: RandomNumberGenerator {
    let seed: UInt64
    private var state: UInt64

    init() {
        self.init(
            seed: ProcessInfo.processInfo.environment["STET_TEST_SEED"].flatMap { UInt64($0) }
                ?? UInt64.random(in: 0..<1 << 32))
    }

    init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// How much a long test does, by an environment variable.
    static func amount(_ variable: String, default amount: Int) -> Int {
        ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? amount
    }
}
