package import Kernel

/// Something that may be done at the people desk.
package enum DeskAction: String, Sendable, CaseIterable {
  /// Find people by name or building, and see where they live.
  case search
  /// Find out whose telephone number this is.
  case searchByPhone
  /// Say that somebody lives where they say.
  case confirmMembership
  case issueCard
  /// Invite a resident to an account.
  case invite
  /// See a telephone number.
  case revealPhone
  case changeRoles
  case disable
  case importHouseholds
  /// Record what people let others do for them, and what they agree to.
  case keepWishes
  /// Take and answer what people want done with the data about them.
  case answerDataRequests
  /// Correct a name, a telephone number or a home.
  case correct
  /// Delete a person who asked for it.
  case erase
  /// Write down what a use of data means for people.
  case assessImpact
}

/// Who may do what with other people's data, by least privilege.
///
/// A leader knows the doors they deliver to, and helps neighbours in: so they find people by name and building, confirm
/// memberships, invite and issue cards. They never see or search telephone numbers, roles and switches. Every
/// change is audited with its actor.
package enum RoleRules {
  package static func roles(for action: DeskAction) -> Set<Role> {
    switch action {
    case .search, .confirmMembership, .issueCard, .invite:
      [.leader, .socialWorker, .supervisor, .committee, .operator]
    case .searchByPhone, .revealPhone, .keepWishes: [.socialWorker, .supervisor, .committee, .operator]
    case .changeRoles, .disable, .importHouseholds: [.committee, .operator]
    case .answerDataRequests, .correct: [.socialWorker, .supervisor, .committee]
    case .erase: [.supervisor, .committee]
    case .assessImpact: [.supervisor, .committee, .operator]
    }
  }

  package static func may(_ roles: Set<Role>, _ action: DeskAction) -> Bool {
    !roles.isDisjoint(with: self.roles(for: action))
  }

  /// The actor for an action: the person in the least powerful of their roles that allows it.
  /// - Throws: `forbidden` (403).
  static func actor(_ person: PersonID, _ roles: Set<Role>, for action: DeskAction) throws -> Actor {
    guard let role = self.roles(for: action).intersection(roles).min() else { throw Problem.actionForbidden }
    return Actor(person: person, role: role)
  }

  /// The roles that are given by hand; a resident is whoever belongs to a household.
  package static let grantable: [Role] = Role.allCases.filter { $0 != .resident }

  /// What somebody with these roles may grant and revoke: an operator everything, the committee everything but
  /// operators.
  package static func mayGrant(_ roles: Set<Role>, _ role: Role) -> Bool {
    guard grantable.contains(role) else { return false }
    if roles.contains(.operator) { return true }
    return roles.contains(.committee) && role != .operator
  }

  /// Why this change of roles is refused, or nil.
  /// - Parameter operators: how many operators who can sign in the community has.
  static func refusal(
    of role: Role, for person: PersonID, by actor: Actor, actorRoles: Set<Role>, isGrant: Bool, operators: Int
  ) -> Problem? {
    if person == actor.person { return .ownRoles }
    if !mayGrant(actorRoles, role) { return .actionForbidden }
    if !isGrant, role == .operator, operators <= 1 { return .lastOperator }
    return nil
  }

  /// Why this person may not be disabled by the actor, or nil.
  static func refusalToDisable(
    _ person: PersonID, holding roles: Set<Role>, by actor: Actor, actorRoles: Set<Role>, operators: Int
  ) -> Problem? {
    if person == actor.person { return .ownRoles }
    if roles.contains(.operator) {
      if !actorRoles.contains(.operator) { return .actionForbidden }
      if operators <= 1 { return .lastOperator }
    }
    return nil
  }

  /// What a session may use: staff roles only after the second factor, a card's session only a resident's.
  static func effective(_ roles: Set<Role>, belongsToHousehold: Bool, isCard: Bool, hasSecondFactor: Bool)
    -> Set<Role>
  {
    let resident: Set<Role> = belongsToHousehold ? [.resident] : []
    if isCard { return resident }
    return roles.filter { $0 != .resident && (!$0.isStaff || hasSecondFactor) }.union(resident)
  }
}

extension Problem {
  static let actionForbidden = Problem(
    "forbidden", status: 403, Phrase("您的身份不能做这件事。", "Your role does not allow this."),
    advice: Phrase("需要的话，请找居委会或系统管理员。", "If it is needed, please ask the committee or an operator."))

  static let ownRoles = Problem(
    "role.own", status: 403,
    Phrase("不能更改自己的身份或停用自己。", "You cannot change your own roles or disable yourself."),
    advice: Phrase("请让另一位有权限的同事来做。", "Please ask a colleague who may do it."))

  static let lastOperator = Problem(
    "role.last_operator", status: 409,
    Phrase("这是最后一位系统管理员，不能去掉。", "This is the last operator, who cannot be removed."),
    advice: Phrase("请先再设一位系统管理员。", "Please name another operator first."))
}
