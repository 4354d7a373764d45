import ArgumentParser
import Foundation
import NuanlinServer

struct UserCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user",
    abstract: "Creates the first community and operator, or resets a forgotten password.",
    subcommands: [Create.self, ResetPassword.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "create",
      abstract:
        "Creates a person with roles; with --new-community also the community. The password is read from input."
    )

    @OptionGroup var databaseOptions: DatabaseOptions

    @Option(help: "Name of the person.")
    var name: String

    @Option(help: "Telephone to sign in with.")
    var phone: String

    @Option(help: "Roles, such as operator or committee; may be repeated.")
    var role: [String]

    @Option(
      help: "A new community: its Chinese and English name and the telephone on every page, separated by |.")
    var newCommunity: String?

    @Option(help: "Host name that the new community answers to; may be repeated.")
    var communityHost: [String] = []

    func run() async throws {
      let program = Program(try databaseOptions.settings())
      let password = try Password.read()
      let told = try await program.createUser(
        NewUser(
          name: name, phone: phone, roles: role, password: password, newCommunity: newCommunity,
          hosts: communityHost))
      try Terminal.say(told)
    }
  }

  struct ResetPassword: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reset-password",
      abstract: "Gives a person a new password, read from input; all their sessions end.")

    @OptionGroup var databaseOptions: DatabaseOptions

    @Option(help: "Telephone that the person signs in with.")
    var phone: String

    func run() async throws {
      let program = Program(try databaseOptions.settings())
      try await program.resetPassword(try Password.read(), phone: phone)
      try Terminal.say("密码已换，旧的登录都已失效。The password is changed and all sessions have ended.")
    }
  }
}

/// A password typed at the keyboard without showing, or one line of the input.
private enum Password {
  static func read() throws -> String {
    let typed = isatty(STDIN_FILENO) == 1 ? readUnseen() : readLine()
    guard let typed, !typed.isEmpty else {
      throw ValidationError("A password is expected on the input.")
    }
    return typed
  }

  /// Reads one line from the terminal with its echo off.
  private static func readUnseen() -> String? {
    Terminal.error("密码 Password: ")
    var attributes = termios()
    tcgetattr(STDIN_FILENO, &attributes)
    var before = attributes
    attributes.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &attributes)
    defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) }
    return readLine()
  }
}
