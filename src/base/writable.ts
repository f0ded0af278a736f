// What is put together field by field before it is handed out as what nobody changes.

export type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
