import Kernel
import Security
import Testing

@testable import People

@Suite("Doors")
struct DoorTests {
  @Test(
    "The many ways of writing a door are one door",
    arguments: [
      ("3号楼", "2单元", "501"), ("３栋", "２", "５０１室"), ("Building 3", "Unit 2", "Room 501"), ("03", "02", "0501"),
      (" 3 幢 ", "2 单元", "501 房"), ("#3", "2", "501"), ("bldg. 3", "unit2", "rm501"),
    ])
  func spellings(building: String, unit: String, room: String) throws {
    let door = try Door(building: building, unit: unit, room: room)
    #expect(door == (try Door(building: "3", unit: "2", room: "501")))
    #expect(door.label == Phrase("3号楼 2单元 501", "Building 3, Unit 2, Room 501"))
    #expect(Door(stored: door.building, unitAndRoom: door.unitAndRoom) == door)
  }

  @Test("A name stays a name, and different doors stay different")
  func names() throws {
    #expect(try Door(building: "桂花楼", unit: "", room: "101").label.chinese == "桂花楼 101")
    let doors = try [
      ("3", "2", "501"), ("32", "", "501"), ("3", "", "2501"), ("3", "25", "01"), ("A3", "2", "501"),
    ]
    .map { try Door(building: $0.0, unit: $0.1, room: $0.2) }
    #expect(Set(doors).count == doors.count)
  }

  @Test("A door without building or room is refused, naming the field")
  func refused() {
    #expect(throws: Problem.self) { try Door(building: "", unit: "", room: "501") }
    do {
      _ = try Door(building: " ", unit: "2", room: "")
      Issue.record("it was accepted")
    } catch let problem as Problem {
      #expect(problem.fields.map(\.field) == ["building", "room"])
    } catch { Issue.record(error) }
  }

  @Test("Lists follow the numbers on the doors")
  func order() throws {
    let rooms = try ["1001", "101", "901", "102"].map { try Door(building: "2", unit: "1", room: $0) }
    let sorted = rooms.sorted { Door.isInOrder($0, $1) }
    #expect(sorted.map(\.room) == ["101", "102", "901", "1001"])
    let second = try Door(building: "2", unit: "", room: "9")
    let tenth = try Door(building: "10", unit: "", room: "1")
    #expect(Door.isInOrder(second, tenth))
    #expect(!Door.isInOrder(tenth, second))
  }
}

@Suite("Who may do what")
struct RoleRuleTests {
  private static let sets: [Set<Role>] = {
    var sets: [Set<Role>] = [[]]
    for role in Role.allCases { sets += sets.map { $0.union([role]) } }
    return sets
  }()

  @Test("Nobody changes their own roles, and only operators touch operators")
  func grants() {
    let me = PersonID(rawValue: 1)
    let other = PersonID(rawValue: 2)
    let actor = Actor(person: me, role: .operator)
    for roles in Self.sets {
      for role in Role.allCases {
        for isGrant in [true, false] {
          let own = RoleRules.refusal(
            of: role, for: me, by: actor, actorRoles: roles, isGrant: isGrant, operators: 5)
          #expect(own == .ownRoles)
          let refusal = RoleRules.refusal(
            of: role, for: other, by: actor, actorRoles: roles, isGrant: isGrant, operators: 5)
          let isAllowed = refusal == nil
          let expected =
            role != .resident
            && (roles.contains(.operator) || (roles.contains(.committee) && role != .operator))
          #expect(isAllowed == expected, "\(roles) \(role)")
        }
      }
    }
  }

  @Test("The last operator is neither revoked nor disabled")
  func lastOperator() {
    let actor = Actor(person: PersonID(rawValue: 1), role: .operator)
    let other = PersonID(rawValue: 2)
    #expect(
      RoleRules.refusal(
        of: .operator, for: other, by: actor, actorRoles: [.operator], isGrant: false, operators: 1)
        == .lastOperator)
    #expect(
      RoleRules.refusalToDisable(
        other, holding: [.operator], by: actor, actorRoles: [.operator], operators: 1) == .lastOperator)
    #expect(
      RoleRules.refusalToDisable(
        other, holding: [.operator], by: actor, actorRoles: [.committee], operators: 9) == .actionForbidden)
  }

  @Test("No session uses a staff role without a second factor, and a card only makes a resident")
  func effective() {
    for roles in Self.sets {
      for isCard in [true, false] {
        for belongs in [true, false] {
          let weak = RoleRules.effective(
            roles, belongsToHousehold: belongs, isCard: isCard, hasSecondFactor: false)
          let usesStaffRole = weak.contains { $0.isStaff }
          #expect(!usesStaffRole)
          #expect(weak.contains(.resident) == belongs)
          if isCard { #expect(weak.isSubset(of: [.resident])) }
        }
      }
      let strong = RoleRules.effective(
        roles, belongsToHousehold: true, isCard: false, hasSecondFactor: true)
      #expect(strong == roles.union([.resident]))
    }
  }

  @Test("A leader never sees numbers, changes roles or shuts people out")
  func leader() {
    let allowed = DeskAction.allCases.filter { RoleRules.may([.leader], $0) }
    #expect(Set(allowed) == [.search, .confirmMembership, .issueCard, .invite])
    for role in [Role.resident, .merchant, .courier, .governmentReader] {
      #expect(!DeskAction.allCases.contains { RoleRules.may([role], $0) })
    }
  }

  @Test("An invitation gives no more than its writer may give")
  func invitations() {
    let household = HouseholdID(rawValue: 1)
    for roles in Self.sets where roles.count <= 2 {
      for actorRoles in Self.sets where actorRoles.count <= 2 {
        guard Invitation.refusal(roles: roles, household: nil, by: actorRoles) == nil else { continue }
        #expect(roles.allSatisfy { RoleRules.mayGrant(actorRoles, $0) })
      }
    }
    #expect(Invitation.refusal(roles: [], household: household, by: [.leader]) == nil)
    #expect(Invitation.refusal(roles: [.leader], household: household, by: [.leader]) != nil)
    #expect(Invitation.refusal(roles: [.committee], household: household, by: [.operator]) != nil)
    #expect(Invitation.refusal(roles: [], household: nil, by: [.operator]) != nil)
  }
}

@Suite("Cards, tickets and marks")
struct CredentialTests {
  @Test("PINs are six digits and none of those that people try first")
  func pins() {
    for pin in ["123456", "654321", "000000", "121212", "123123", "12345", "1234567", "12a456", ""] {
      #expect(CardDigits.fault(inPIN: pin) != nil, "\(pin)")
    }
    for _ in 0..<500 { #expect(CardDigits.fault(inPIN: CardSecrets().pin) == nil) }
    #expect(CardDigits.fault(inPIN: "471902") == nil)
  }

  @Test("A number is read as people type it, a scanned code as it is, and nothing else is a card")
  func entered() throws {
    #expect(EnteredCard("1234 5678") == .number("12345678"))
    #expect(EnteredCard("１２３４-５６７８") == .number("12345678"))
    let token = SecretToken.make(.bits128)
    #expect(EnteredCard(token.text) == .token(token))
    for text in ["", "1234567", "123456789", "card", token.text + "A", "1234567x"] {
      #expect(EnteredCard(text) == nil, "\(text)")
    }
  }

  @Test("A ticket is good for its person, password and community, for five minutes, and not when touched")
  func tickets() {
    let tickets = SignInTicket(key: MessageKey(bytes: [UInt8](repeating: 1, count: 32)))
    let person = PersonID(rawValue: 99)
    let community = CommunityID(rawValue: 5)
    let now = Timestamp(seconds: 1_900_000_000)
    let ticket = tickets.make(for: person, passwordHash: "h", in: community, at: now)
    func isValid(_ text: String, _ who: PersonID, _ hash: String, _ place: CommunityID, _ at: Timestamp)
      -> Bool
    {
      tickets.isValid(text, for: who, passwordHash: hash, in: place, at: at)
    }
    #expect(isValid(ticket, person, "h", community, now + .seconds(299)))
    #expect(!isValid(ticket, person, "h", community, now + .seconds(300)))
    #expect(!isValid(ticket, PersonID(rawValue: 98), "h", community, now))
    #expect(!isValid(ticket, person, "changed", community, now))
    #expect(!isValid(ticket, person, "h", CommunityID(rawValue: 6), now))
    for position in ticket.indices {
      var touched = ticket
      touched.replaceSubrange(position...position, with: ticket[position] == "0" ? "1" : "0")
      #expect(!isValid(touched, person, "h", community, now))
    }
  }

  @Test("A device mark counts only for the number it was made for")
  func marks() {
    let marks = DeviceMark(key: MessageKey(bytes: [UInt8](repeating: 2, count: 32)))
    let mark = marks.make(phoneIndex: [1, 2, 3])
    #expect(marks.name(in: mark, phoneIndex: [1, 2, 3]) != nil)
    #expect(marks.name(in: mark, phoneIndex: [1, 2, 4]) == nil)
    #expect(marks.name(in: mark + "0", phoneIndex: [1, 2, 3]) == nil)
    #expect(marks.name(in: "", phoneIndex: [1, 2, 3]) == nil)
  }

  @Test("The machine's own names lead to the first community, other unknown hosts nowhere")
  func hosts() throws {
    #expect(["127.0.0.1", "localhost:8080", "[::1]:18000"].allSatisfy(HostTable.isLoopback))
    #expect(
      !["localhost.evil.test", "127.0.0.1.evil", "localhost:", "127.0.0.1:8080x", ""].contains(
        where: HostTable.isLoopback))
  }
}
