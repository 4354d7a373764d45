import Dispatch
import Kernel
import Testing

@testable import Security

struct PasswordTests {
  private let quick = PasswordHasher(parameters: .quick)

  @Test func `a password opens its own hash and no other`() async throws {
    let stored = try await quick.hash("一句我记得住的话")
    #expect(stored.hasPrefix("$scrypt$ln=4,r=1,p=1$"))
    #expect(try await quick.verify("一句我记得住的话", against: stored) == .right(needsRehash: false))
    #expect(try await quick.verify("一句我记得住的花", against: stored) == .wrong)
    #expect(try await quick.hash("一句我记得住的话") != stored)
  }

  @Test func `the standard cost is what the field asks for`() async throws {
    let stored = try await PasswordHasher().hash("correct horse")
    #expect(stored.hasPrefix("$scrypt$ln=15,r=8,p=3$"))
    #expect(try await quick.verify("correct horse", against: stored) == .right(needsRehash: true))
  }

  @Test func `scrypt gives the vectors of RFC 7914`() throws {
    let parameters = try #require(ScryptParameters(log2Rounds: 14, blockSize: 8, parallelism: 1))
    let hash = try ScryptHash(
      password: "pleaseletmein", salt: Array("SodiumChloride".utf8), parameters: parameters)
    #expect(
      Hexadecimal.encode(hash.output) == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2")
  }

  @Test func `one accent typed in two ways is one password`() async throws {
    let stored = try await quick.hash("caf\u{E9} au lait")
    #expect(try await quick.verify("cafe\u{301} au lait", against: stored) == .right(needsRehash: false))
  }

  @Test func `an account that does not exist answers wrong`() async throws {
    #expect(try await quick.verify("anything at all", against: nil) == .wrong)
  }

  @Test(arguments: [
    "", "plain", "$scrypt$ln=30,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA$AAAA", "$scrypt$ln=15,r=8$AAAA$AAAA",
    "$argon2id$v=19$m=1$a$b",
  ])
  func `a stored hash that is none is a fault, not a wrong password`(stored: String) async {
    await #expect(throws: Problem.internalFault) { try await quick.verify("anything", against: stored) }
  }

  @Test(.timeLimit(.minutes(1)))
  func `beyond the queue people are asked to come back in two seconds`() async throws {
    let threads = BoundedThreads(threads: 1, waiting: 3)
    let isRunning = DispatchSemaphore(value: 0)
    let mayEnd = DispatchSemaphore(value: 0)
    let first = Task {
      try await threads.run(busy: .signInBusy) {
        isRunning.signal()
        mayEnd.wait()
      }
    }
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        isRunning.wait()
        continuation.resume()
      }
    }
    let refusals = await withTaskGroup(of: Problem?.self) { group in
      for _ in 0..<10 {
        group.addTask {
          do {
            try await threads.run(busy: .signInBusy) {}
            return nil
          } catch { return error as? Problem }
        }
      }
      var refusals: [Problem] = []
      for await outcome in group {
        if let outcome { refusals.append(outcome) }
        if refusals.count == 7 { mayEnd.signal() }
      }
      return refusals
    }
    try await first.value
    #expect(refusals == Array(repeating: .signInBusy, count: 7))
    #expect(refusals.first?.retryAfter == 2)
    #expect(refusals.first?.status == 503)
  }

  @Test func `work that throws gives its thread back`() async throws {
    let threads = BoundedThreads(threads: 1, waiting: 0)
    for _ in 0..<50 {
      // A thread that has answered may still hold its place for a moment, so a refusal is tried again.
      var answer: Problem = .signInBusy
      while answer == .signInBusy {
        do { try await threads.run(busy: .signInBusy) { throw Problem.notFound } } catch {
          answer = try #require(error as? Problem)
        }
      }
      #expect(answer == .notFound)
    }
  }
}

struct PasswordRulesTests {
  @Test(arguments: [
    "短", "1234567", "password", "PassWord", "12345678", "23456789", "87654321", "11111111", "abcabcabc",
    "woaini1314",
    "QQ123456", "一二三四五六七八", "13800138000", "138001380001", "暖邻家园暖邻家园",
  ])
  func `a password that others guess is refused with a reason`(password: String) {
    #expect(PasswordRules.fault(in: password, personal: ["13800138000", "暖邻家园"]) != nil)
  }

  @Test(arguments: [
    "三楼的猫喜欢晒太阳", "correct horse battery", "x7#kQz!m", String(repeating: "好吃的鸡蛋", count: 25),
    "13800138000 是我家电话",
  ])
  func `a long enough password of any characters is good`(password: String) {
    #expect(PasswordRules.fault(in: password, personal: ["13800138000"]) == nil)
  }

  @Test func `nothing is cut off at the upper end`() {
    let longest = String(repeating: "ab7-", count: 32)
    #expect(PasswordRules.fault(in: longest) == nil)
    #expect(PasswordRules.fault(in: longest + "x") != nil)
  }
}
