//! Closed sets that people choose from by name: on the command line, in a file, in an address.

/// An enum that [`choices!`](crate::choices) declares.
pub trait Choice: Copy + 'static {
    /// Each value with its name and a line on what it means, in the order in which they are
    /// offered.
    const CHOICES: &'static [(Self, &'static str, &'static str)];
}

/// Declares an enum whose values have a name and a line of help, each written once: the help is
/// also its doc comment.
///
/// ```
/// morgue_core::choices! {
///     /// Which results come first.
///     #[derive(Default)]
///     pub enum Order {
///         #[default]
///         Best = "best": "The best matches",
///         Newest = "newest": "The newest",
///     }
/// }
/// assert_eq!(Order::from_name("newest"), Some(Order::Newest));
/// assert_eq!(Order::default().to_string(), "best");
/// ```
#[macro_export]
macro_rules! choices {
    (
        $(#[$about:meta])*
        pub enum $Name:ident {
            $($(#[$of:meta])* $Value:ident = $name:literal : $help:literal),+ $(,)?
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $Name {
            $(#[doc = concat!($help, ".")] $(#[$of])* $Value),+
        }

        impl $Name {
            /// All values, in the order in which they are offered.
            pub const ALL: &'static [$Name] = &[$($Name::$Value),+];

            /// The name that stands for it on the command line, in files and in addresses.
            pub fn name(self) -> &'static str {
                match self {
                    $($Name::$Value => $name),+
                }
            }

            /// The value of that name.
            pub fn from_name(name: &str) -> Option<$Name> {
                match name {
                    $($name => Some($Name::$Value),)+
                    _ => None,
                }
            }
        }

        impl $crate::Choice for $Name {
            const CHOICES: &'static [($Name, &'static str, &'static str)] =
                &[$(($Name::$Value, $name, $help)),+];
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}
