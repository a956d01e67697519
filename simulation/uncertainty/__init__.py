"""How sure an answer is: what it hangs on, and how much of the doubt rests on inputs that are only assumed."""
