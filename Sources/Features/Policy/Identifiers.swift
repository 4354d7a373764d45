package import Kernel

/// One policy of the library, through all its versions.
package enum PolicyKind {}
package typealias PolicyID = Identifier<PolicyKind>
