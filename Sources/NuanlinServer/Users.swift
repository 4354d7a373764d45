import Database
import Kernel
import People
import Security

/// A person to be created from the command line.
package struct NewUser: Sendable {
  package let name: String
  package let phone: String
  package let roles: [String]
  package let password: String
  /// `中文名|English name|telephone`, when the community is new as well.
  package let newCommunity: String?
  package let hosts: [String]

  package init(
    name: String, phone: String, roles: [String], password: String, newCommunity: String?, hosts: [String]
  ) {
    self.name = name
    self.phone = phone
    self.roles = roles
    self.password = password
    self.newCommunity = newCommunity
    self.hosts = hosts
  }
}

extension Program {
  /// Creates a person, in the only community or in a new one.
  ///
  /// Staff get the secret of their authenticator, which is shown once.
  /// - Throws: `form.invalid` naming what is wrong, `person.phone_taken`, `community.host_taken`.
  /// - Returns: what to tell the person at the keyboard.
  package func createUser(_ user: NewUser) async throws -> String {
    try await withSwitchboard { switchboard in
      let phone = try Self.phone(user.phone)
      let roles = try user.roles.map { name in
        guard let role = Role(rawValue: name) else { throw Problem.unknownRole(name) }
        return role
      }
      if let fault = PasswordRules.fault(in: user.password, personal: [phone.e164, phone.lastFour]) {
        throw Problem.invalid([FieldProblem("password", fault)])
      }
      let community = try await Self.community(for: user, switchboard)
      var draft = try PersonDraft(displayName: user.name, phone: phone)
      draft.roles = Set(roles)
      draft.passwordHash = try await PasswordHasher().hash(user.password)
      let isStaff = roles.contains(where: \.isStaff)
      draft.secondFactor = isStaff ? TimeBasedCode.makeSecret() : nil
      _ = try await switchboard.people.createPersons([draft], in: community)
      let secret = draft.secondFactor.map { "\n验证器密钥 authenticator key: \(Base32.encode($0))" } ?? ""
      return "已创建。Created.\(secret)"
    }
  }

  /// - Throws: `not_found` when nobody signs in with this number.
  package func resetPassword(_ password: String, phone: String) async throws {
    try await withSwitchboard { switchboard in
      let number = try Self.phone(phone)
      let communities = try await switchboard.communities()
      for community in communities {
        do {
          return try await switchboard.people.resetPassword(password, phone: number, in: community)
        } catch let problem as Problem where problem == .notFound {
          continue
        }
      }
      throw Problem.notFound
    }
  }

  /// Opens, works, and closes whatever comes of it.
  func withSwitchboard<T: Sendable>(_ body: (Switchboard) async throws -> T) async throws -> T {
    let switchboard = try await open()
    do {
      let result = try await body(switchboard)
      await switchboard.close()
      return result
    } catch {
      await switchboard.close()
      throw error
    }
  }

  private static func phone(_ text: String) throws -> PhoneNumber {
    guard let phone = PhoneNumber(typed: text) else {
      throw Problem.invalid([
        FieldProblem("phone", Phrase("看不懂这个电话号码。", "This telephone number is not understood."))
      ])
    }
    return phone
  }

  private static func community(for user: NewUser, _ switchboard: Switchboard) async throws -> CommunityID {
    if let text = user.newCommunity {
      let parts = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 3 else { throw Problem.communityText }
      return try await switchboard.people.createCommunity(
        CommunityDraft(name: Phrase(parts[0], parts[1]), phoneNumber: parts[2], hosts: user.hosts))
    }
    guard let community = try await switchboard.communities().first else { throw Problem.communityText }
    return community
  }
}

extension Problem {
  static func unknownRole(_ name: String) -> Problem {
    let known = Role.allCases.map(\.rawValue).joined(separator: ", ")
    return .invalid([
      FieldProblem("role", Phrase("没有这个角色：\(name)。可用：\(known)", "There is no role \(name). Known: \(known)"))
    ])
  }

  static let communityText = Problem.invalid([
    FieldProblem(
      "new-community",
      Phrase("请写：中文名|英文名|电话。", "Write the Chinese name, the English name and a telephone, separated by |."))
  ])
}
