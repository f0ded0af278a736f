// Outlines that several marks begin with, as path data on a grid of 24: the kind that a product is of.

export const cylinder = 'M4 6C4 2.7 20 2.7 20 6V18C20 21.3 4 21.3 4 18ZM4 6C4 9.3 20 9.3 20 6';
export const screen = 'M5 4H19Q21 4 21 6V18Q21 20 19 20H5Q3 20 3 18V6Q3 4 5 4ZM3 8.5H21';
export const globe = 'M12 3A9 9 0 1 1 12 21A9 9 0 1 1 12 3ZM3 12H21M12 3C7.5 8 7.5 16 12 21M12 3C16.5 8 16.5 16 12 21';
export const bolt = 'M13 2.5L5 13.5H11L10.5 21.5L19 10H12.5Z';
export const bucket = 'M3 7C3 4 21 4 21 7L18.6 19C18.3 21.2 5.7 21.2 5.4 19ZM3 7C3 10 21 10 21 7';
