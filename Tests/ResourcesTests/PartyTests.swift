import Kernel
import TestKit
import Testing

@testable import Resources

@Suite struct PartyTests {
  @Test func `a party is what it was made of and nothing else`() {
    var numbers = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      let id = Int64.random(in: 1...Int64.max, using: &numbers)
      let person = Party.person(PersonID(rawValue: id))
      let merchant = Party.merchant(MerchantID(rawValue: id))
      let organisation = Party.organisation(OrganisationID(rawValue: id))
      #expect(person.person?.rawValue == id)
      #expect(person.merchant == nil)
      #expect(person.organisation == nil)
      #expect(merchant.merchant?.rawValue == id)
      #expect(organisation.organisation?.rawValue == id)
      #expect(Set([person, merchant, organisation]).count == 3)
      #expect([person, merchant, organisation].sorted() == [merchant, organisation, person])
      for party in [person, merchant, organisation] {
        #expect(Party(formValue: party.formValue) == party)
      }
    }
    for text in ["", "person", "person-", "person-x", "person-1-2", "person--1", "nobody-1", "-1"] {
      #expect(Party(formValue: text) == nil, "\(text)")
    }
  }
}
